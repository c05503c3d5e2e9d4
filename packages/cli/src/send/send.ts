import type { Command } from "../command-line/command.js";
import { exitCodes } from "../command-line/exit-codes.js";
import { outputOptions, toOutputForm } from "../command-line/output-options.js";
import { parseOptions } from "../command-line/parse-options.js";
import { readTextFile } from "../command-line/read-text-file.js";
import { UsageError } from "../command-line/usage-error.js";
import { readSettings } from "../relays/read-settings.js";
import { settingsHelp, settingsOptions } from "../relays/settings-options.js";
import { createOutput } from "../terminal/output.js";
import { toPrintable } from "../terminal/to-printable.js";

const help = `
Usage: getfluxly-email send --to ADDRESS [OPTIONS]

Sends one message through a relay and shows what the relay said.

      --to ADDRESS       may be repeated
      --subject TEXT     "Test message" by default
      --text TEXT        the body; a sentence by default
      --text-file FILE  --html-file FILE
      --tag TEXT         may be repeated; for relays that know tags
      --json  --ndjson   one JSON document
${settingsHelp}

Exit codes: 0 the relay took it; those of \`doctor\` for the stage that refused it; 30 where nobody can know
whether it was taken: look before you send it again.`;

export const send: Command = {
  summary: "send one test message through a relay",
  help,
  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, {
      ...outputOptions,
      ...settingsOptions,
      to: { type: "string", multiple: true },
      subject: { type: "string" },
      text: { type: "string" },
      "text-file": { type: "string" },
      "html-file": { type: "string" },
      tag: { type: "string", multiple: true },
    });
    const output = createOutput(terminal, toOutputForm(values));
    if (positionals.length > 0) throw new UsageError("`send` takes options only.");
    if (values.to === undefined)
      throw new UsageError("A message needs somebody to go to.", "Name an address of your own with --to.");
    const file = values["text-file"];
    const html = values["html-file"] === undefined ? undefined : await readTextFile(values["html-file"]);
    const given = file === undefined ? values.text : await readTextFile(file);
    const text = given ?? (html === undefined ? "This message tests a mail relay." : undefined);
    const { open, options, timeoutMs, definition } = await readSettings(values, terminal);
    output.progress("Sending ...");
    const provider = await open(options);
    try {
      const message = {
        to: values.to.map((address) => ({ address })),
        subject: values.subject ?? "Test message",
        text,
        html,
        tags: values.tag,
      };
      const receipt = await provider.send(message, { signal: terminal.signal, timeoutMs });
      output.line(`The relay took the message for ${receipt.accepted.join(", ")}.`);
      output.line(`It said:    ${toPrintable(receipt.response)}`);
      output.line(`Message-ID: ${receipt.messageId}`);
      if (receipt.relayMessageId !== undefined)
        output.line(`Its own id: ${toPrintable(receipt.relayMessageId)}`);
      for (const { address, reply } of receipt.rejected)
        output.warn(`Refused: ${address}: ${reply?.code ?? ""} ${reply?.text ?? ""}`);
      for (const warning of receipt.warnings) output.warn(`Note: ${warning}`);
      const code = receipt.rejected.length > 0 ? exitCodes["rcpt-to"] : exitCodes.ok;
      output.document({ schema: "send/1", relay: definition.id, ...receipt, exit_code: code });
      return code;
    } finally {
      await provider.close({ force: true });
    }
  },
};
