import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  CapturedMessage,
  SandboxRelay,
  SandboxRelayOptions,
} from "@getfluxly/email-conformance/sandbox-relay";
import type { Command } from "../command-line/command.js";
import { exitCodes } from "../command-line/exit-codes.js";
import { outputOptions, toOutputForm } from "../command-line/output-options.js";
import { parseOptions } from "../command-line/parse-options.js";
import { readNumber } from "../command-line/read-number.js";
import { UsageError } from "../command-line/usage-error.js";
import { createOutput, type Output } from "../terminal/output.js";
import { toPrintable } from "../terminal/to-printable.js";
import { namedFaults } from "./named-faults.js";
import { parseFault } from "./parse-fault.js";

const help = `
Usage: getfluxly-email dev [OPTIONS]

Runs a relay on this machine that keeps what it gets, with faults on demand. Ctrl-C ends it.

      --port PORT        2525 by default; 0 for any
      --tls MODE         starttls (default), implicit, none
      --user NAME        who may log in; \`sandbox\` with password \`sandbox-password\` by default.
                         Its password comes from GETFLUXLY_EMAIL_PASSWORD
      --fault FAULT      may be repeated: a name below, or POINT=ACTION such as "rcpt-to=450 4.2.0 Later",
                         end-of-data=drop-after, greeting=delay:3000, ehlo=stall
      --ca-file FILE     where to write the authority of its certificate; a new temporary file by default
      --messages NUMBER  end after so many messages
      --json             one JSON document at the end     --ndjson   a line for each thing that happens

Faults:
${Object.entries(namedFaults)
  .map(([name, { summary }]) => `  ${name.padEnd(25)}${summary}`)
  .join("\n")}`;

export const dev: Command = {
  summary: "run a relay on this machine that keeps what it gets, with faults",
  help,
  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, {
      ...outputOptions,
      port: { type: "string" },
      tls: { type: "string" },
      user: { type: "string" },
      fault: { type: "string", multiple: true },
      "ca-file": { type: "string" },
      messages: { type: "string" },
    });
    const output = createOutput(terminal, toOutputForm(values));
    if (positionals.length > 0) throw new UsageError("`dev` takes options only.");
    const most = readNumber("messages", values.messages, [1, 1_000_000]) ?? Number.POSITIVE_INFINITY;
    const password = terminal.env.GETFLUXLY_EMAIL_PASSWORD || "sandbox-password";
    await using relay = await start({
      ...{ port: readNumber("port", values.port, [0, 65_535]) ?? 2525, tls: toTls(values.tls) },
      users: { [values.user ?? "sandbox"]: password },
      ...mergeFaults(values.fault ?? []),
    });
    const file = await writeAuthority(relay, values["ca-file"]);
    announce(relay, file, output);
    const seen = await listen(relay, most, output, terminal.signal);
    // The last sender still waits for its answer.
    if (!terminal.signal.aborted) await relay.waitForNoConnections().catch(() => undefined);
    output.document({ schema: "dev/1", messages: seen, exit_code: exitCodes.ok });
    return exitCodes.ok;
  },
};

function toTls(text: string | undefined): SandboxRelayOptions["tls"] {
  if (text === undefined || text === "starttls" || text === "implicit" || text === "none") return text;
  throw new UsageError("--tls takes starttls, implicit or none.");
}

function mergeFaults(texts: readonly string[]): Partial<SandboxRelayOptions> {
  const parts = texts.map(parseFault);
  return Object.assign({}, ...parts, { faults: parts.flatMap(({ faults = [] }) => faults) });
}

async function start(options: SandboxRelayOptions): Promise<SandboxRelay> {
  const { startSandboxRelay } = await import("@getfluxly/email-conformance/sandbox-relay");
  try {
    return await startSandboxRelay(options);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    throw new UsageError(
      `Port ${options.port} cannot be used (${code}).`,
      "Choose another one with --port, or any with --port 0.",
    );
  }
}

async function writeAuthority(
  { certificateAuthority, tls }: SandboxRelay,
  path: string | undefined,
): Promise<string | undefined> {
  if (tls === "none") return undefined;
  const file = path ?? join(await mkdtemp(join(tmpdir(), "getfluxly-email-")), "ca.pem");
  await writeFile(file, certificateAuthority);
  return file;
}

function announce(relay: SandboxRelay, file: string | undefined, output: Output): void {
  const secure = { starttls: "starttls", implicit: "ssl", none: "none" }[relay.tls];
  const [[user] = ["sandbox"]] = Object.entries(relay.users);
  output.event({ type: "ready", host: relay.host, port: relay.port, secure, user, ca_file: file });
  output.line(`A relay listens on ${relay.host}:${relay.port} (smtp_secure ${secure}), user ${user}.`);
  if (file !== undefined) output.line(`Its certificate authority: ${file}`);
  const authority = file === undefined ? "" : ` --ca ${file}`;
  output.line(
    `Try it: getfluxly-email doctor --host ${relay.host} --port ${relay.port} --secure ${secure} --user ${user} --from you@example.test${authority}`,
  );
}

async function listen(relay: SandboxRelay, most: number, output: Output, signal: AbortSignal) {
  const seen: object[] = [];
  const ended = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  while (seen.length < most) {
    const messages = await Promise.race([
      relay.waitForMessages(seen.length + 1, { timeoutMs: 2 ** 31 - 1 }),
      ended,
    ]);
    if (messages === undefined) break;
    for (const message of messages.slice(seen.length)) {
      const plain = toPlain(message);
      seen.push(plain);
      output.event({ type: "message", ...plain });
      const { envelope, parsed } = message;
      output.line(
        `\n${message.receivedAt.toISOString()}  ${envelope.from} -> ${envelope.to.join(", ")}${message.tls ? "" : "  (without TLS)"}`,
      );
      output.line(`  ${toPrintable(parsed.subject ?? "(no subject)")}`);
      for (const line of (parsed.text ?? "").split("\n").slice(0, 10))
        output.line(`  | ${toPrintable(line)}`);
    }
  }
  return seen;
}

function toPlain({ id, envelope, parsed, receivedAt, tls }: CapturedMessage) {
  const { subject = null, text = null, html = null, headers, messageId } = parsed;
  return {
    ...{ id, received_at: receivedAt.toISOString(), tls, from: envelope.from, to: envelope.to },
    ...{ message_id: messageId, subject, text, html, headers: Object.fromEntries(headers) },
  };
}
