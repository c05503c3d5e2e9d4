import { EmailError } from "@getfluxly/email-core";
import type { Content } from "./content.js";
import type { Extensions } from "./extensions.js";

/** MAIL FROM with the parameters that this message needs and this relay announced. */
export function mailCommand(
  extensions: Extensions,
  from: string,
  content: Pick<Content, "eightBit" | "smtpUtf8"> & {
    readonly size: number | undefined;
    readonly envelopeId: string | undefined;
  },
): string {
  if (content.smtpUtf8 && !extensions.smtpUtf8) {
    throw new EmailError({
      code: "smtputf8-unsupported",
      message: "An address of this message is not ASCII, and the relay does not announce SMTPUTF8.",
      stage: "mail-from",
    });
  }
  if (content.eightBit && !extensions.eightBitMime) {
    throw new EmailError({
      code: "message-refused",
      message:
        "This message has 8-bit content (an attached message), and the relay does not announce 8BITMIME.",
      stage: "mail-from",
      remedy: "Attach the message as a file of type application/octet-stream.",
    });
  }
  const limit = extensions.maximumMessageBytes;
  if (content.size !== undefined && limit !== undefined && content.size > limit) {
    throw new EmailError({
      code: "message-too-large",
      message: `The message has ${content.size} octets; the relay takes at most ${limit}.`,
      stage: "mail-from",
    });
  }
  const parameters = [
    content.size !== undefined && extensions.sizeAnnounced && ` SIZE=${content.size}`,
    content.eightBit && " BODY=8BITMIME",
    content.smtpUtf8 && " SMTPUTF8",
    content.envelopeId !== undefined && extensions.dsn && ` ENVID=${content.envelopeId}`,
  ];
  return `MAIL FROM:<${from}>${parameters.filter(Boolean).join("")}\r\n`;
}
