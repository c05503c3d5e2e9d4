import { assertWithinLimits } from "./assert-within-limits.js";
import type { Extensions } from "./extensions.js";
import type { Mail } from "./mail.js";
import { mailCommand } from "./mail-command.js";

/** The commands that open a transaction, up to DATA; each has one reply. */
export interface Opening {
  readonly mail: string;
  readonly recipients: readonly string[];
}

const data = "DATA\r\n";
const reset = "RSET\r\n";

/** Throws an `EmailError` if this relay cannot carry this mail by what it announced. */
export function createOpening(extensions: Extensions, { envelope, content, envelopeId }: Mail): Opening {
  assertWithinLimits(extensions.limits, envelope.to);
  return {
    mail: mailCommand(extensions, envelope.from, { ...sizeAndNeeds(content), envelopeId }),
    recipients: envelope.to.map((recipient) => `RCPT TO:<${recipient}>\r\n`),
  };
}

const sizeAndNeeds = ({ size, eightBit, smtpUtf8 }: Mail["content"]) => ({ size, eightBit, smtpUtf8 });

/** All of them as one group (RFC 2920), after a RSET where the transaction before was left open. */
export function toGroup(
  { mail, recipients }: Opening,
  afterReset: boolean,
): { readonly text: string; readonly replies: number } {
  const text = `${afterReset ? reset : ""}${mail}${recipients.join("")}${data}`;
  return { text, replies: recipients.length + (afterReset ? 3 : 2) };
}

export const commands = { data, reset } as const;
