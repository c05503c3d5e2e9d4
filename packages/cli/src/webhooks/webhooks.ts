import type { EmailEvent, WebhookContent } from "@getfluxly/email-core";
import { receiveWebhook } from "@getfluxly/email-core/webhook";
import type { Command } from "../command-line/command.js";
import { exitCodes } from "../command-line/exit-codes.js";
import { outputOptions, toOutputForm } from "../command-line/output-options.js";
import { parseOptions } from "../command-line/parse-options.js";
import { UsageError } from "../command-line/usage-error.js";
import { loadRelay } from "../relays/load-relay.js";
import { createOutput, type Output } from "../terminal/output.js";
import { toPrintable } from "../terminal/to-printable.js";
import { postRequest } from "./post-request.js";
import { readSavedRequest } from "./read-saved-request.js";
import { readWebhookConfig } from "./read-webhook-config.js";

const help = `
Usage: getfluxly-email webhooks FILE --relay ID [OPTIONS]
       getfluxly-email webhooks FILE --to URL [OPTIONS]

Replays a saved request: against the adapter of a relay, which shows the events in it, or against a URL.

FILE holds the body alone, or JSON such as { "method": "POST", "headers": { ... }, "body": "..." }.

  -r, --relay ID         smtp, brevo, mailgun, mailtrap, postmark, sendgrid, ses, smtp2go
      --connector PATH   a connector of your own
      --to URL           send it there instead
  -H, --header "N: V"    a header besides those of the file; may be repeated
      --raw              FILE is the body, whatever it looks like
      --at TIME          when it arrived (ISO 8601), for signatures that age; now by default
      --unverified       show the events without proof of who sent them
  -c, --config FILE      settings of the webhook as JSON
      --password-stdin, --password-file FILE, GETFLUXLY_EMAIL_PASSWORD
                         its one secret
      --json  --ndjson   one JSON document; a line for each event, then the document

Exit codes: 0 authentic and read (a 2xx, with --to), 41 not authentic, not readable or not taken, 2 usage.`;

export const webhooks: Command = {
  summary: "replay a saved webhook against an adapter or a URL",
  help,
  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, {
      ...outputOptions,
      relay: { type: "string", short: "r" },
      connector: { type: "string" },
      to: { type: "string" },
      header: { type: "string", short: "H", multiple: true },
      raw: { type: "boolean" },
      at: { type: "string" },
      unverified: { type: "boolean" },
      config: { type: "string", short: "c" },
      "password-stdin": { type: "boolean" },
      "password-file": { type: "string" },
    });
    const output = createOutput(terminal, toOutputForm(values));
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0)
      throw new UsageError(
        "`webhooks` takes one file.",
        "For example: getfluxly-email webhooks bounce.json --relay postmark",
      );
    const request = await readSavedRequest(file, {
      headers: values.header ?? [],
      isRaw: values.raw === true,
    });
    if (values.to !== undefined) {
      const answer = await postRequest(
        request,
        values.to,
        AbortSignal.any([terminal.signal, AbortSignal.timeout(30_000)]),
      );
      const code =
        answer.status !== null && answer.status >= 200 && answer.status < 300
          ? exitCodes.ok
          : exitCodes.webhook;
      output.line(
        `${answer.status ?? "No answer"} in ${answer.ms} ms\n${toPrintable(answer.body)}`.trimEnd(),
      );
      output.document({ schema: "webhook-answer/1", ...answer, exit_code: code });
      return code;
    }
    if (values.relay === undefined && values.connector === undefined)
      throw new UsageError("Whose webhook is it?", "Name the relay with --relay, or a URL with --to.");
    const { definition } = await loadRelay(values);
    const { webhook } = definition;
    if (webhook === undefined) throw new UsageError(`${definition.displayName} has no webhook.`);
    const adapter = await webhook.load();
    const now = toTime(values.at);
    if (values.unverified) return tell(await adapter.parse(request), { proof: "none" }, output);
    // The schema has just made the settings that this adapter takes.
    const config = (await readWebhookConfig(webhook, values, terminal)) as never;
    const reception = await receiveWebhook({
      adapter,
      request,
      config,
      now,
      replayStore: null,
      signal: terminal.signal,
    });
    if (reception.outcome === "received")
      return tell(await reception.parse(), reception.authenticity, output);
    const reason =
      "error" in reception && reception.error instanceof Error
        ? reception.error.message
        : "It is no webhook.";
    output.line(
      `${output.paint("red", "\u2717")} ${reception.outcome}, answered with ${reception.status}: ${toPrintable(reason)}`,
    );
    output.document({
      schema: "webhook/1",
      outcome: reception.outcome,
      status: reception.status,
      reason,
      exit_code: exitCodes.webhook,
    });
    return exitCodes.webhook;
  },
};

function toTime(text: string | undefined): Date {
  const time = text === undefined ? new Date() : new Date(text);
  if (Number.isNaN(time.getTime())) throw new UsageError("--at takes a time such as 2026-11-26T10:00:00Z.");
  return time;
}

function tell(
  { events, failures, control }: WebhookContent,
  authenticity: { readonly proof: string },
  output: Output,
): number {
  const code = failures.length > 0 ? exitCodes.webhook : exitCodes.ok;
  output.line(
    authenticity.proof === "none"
      ? "Not verified."
      : `Authentic, by ${authenticity.proof.replace("_", " ")}.`,
  );
  for (const event of events) {
    output.event(event);
    output.line(toLine(event));
  }
  for (const { index, code: why } of failures)
    output.line(`${output.paint("red", "\u2717")} item ${index}: ${why}`);
  if (control) output.line(`It asks for: ${control.type} ${control.confirmUrl ?? ""}`.trimEnd());
  if (events.length + failures.length === 0 && !control) output.line("No events in it.");
  output.document({
    schema: "webhook/1",
    outcome: "received",
    ...authenticity,
    events,
    failures,
    control,
    exit_code: code,
  });
  return code;
}

function toLine({ type, recipient, occurredAt, bounce, smtp, id }: EmailEvent): string {
  const details = [
    bounce && `${bounce.severity} ${bounce.category}`,
    smtp &&
      [smtp.code, smtp.status, smtp.text].filter((part) => part !== null && part !== undefined).join(" "),
  ];
  return toPrintable(
    [occurredAt ?? "no time", type, recipient ?? "no recipient", ...details.filter(Boolean), `(${id})`].join(
      "  ",
    ),
  );
}
