import { expectPositive } from "./expect-positive.js";
import { mailCommand } from "./mail-command.js";
import type { Connection } from "./open-connection.js";
import type { Progress } from "./progress.js";
import { refusedRecipients, toRejectedRecipient } from "./refused-recipients.js";
import { isPositive } from "./reply.js";
import { stepTimeoutsMs } from "./session-options.js";

/** MAIL FROM and RCPT TO, then RSET: asks whether this sender may write to this recipient, and sends nothing. */
export async function rehearse(
  { wire, extensions }: Connection,
  envelope: { readonly from: string; readonly to: string },
  options: { readonly redact: (text: string) => string },
  progress: Progress,
): Promise<void> {
  const smtpUtf8 = [envelope.from, envelope.to].some((address) => !isAscii(address));
  progress.stage = "mail-from";
  wire.command(
    mailCommand(extensions, envelope.from, {
      size: undefined,
      envelopeId: undefined,
      eightBit: false,
      smtpUtf8,
    }),
  );
  await expectPositive(wire);
  progress.stage = "rcpt-to";
  wire.command(`RCPT TO:<${envelope.to}>\r\n`);
  const reply = await wire.reply(stepTimeoutsMs.command);
  if (!isPositive(reply)) throw refusedRecipients([toRejectedRecipient(envelope.to, reply, options.redact)]);
  progress.stage = "rset";
  wire.command("RSET\r\n");
  await expectPositive(wire);
}

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);
