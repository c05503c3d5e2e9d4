import { EmailError, type RejectedRecipient } from "@getfluxly/email-core";
import type { Content } from "./content.js";
import { expectPositive } from "./expect-positive.js";
import { mailCommand } from "./mail-command.js";
import type { Connection } from "./open-connection.js";
import type { Progress } from "./progress.js";
import { Refusal } from "./refusal.js";
import { refusedRecipients, toRejectedRecipient } from "./refused-recipients.js";
import { isPositive, type SmtpReply } from "./reply.js";
import { stepTimeoutsMs } from "./session-options.js";
import type { Wire } from "./wire.js";
import { WireError } from "./wire-error.js";

export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
}

export interface Transmission {
  readonly accepted: readonly string[];
  readonly rejected: readonly RejectedRecipient[];
  /** The relay's answer to the message. */
  readonly reply: SmtpReply;
}

interface TransmitOptions {
  readonly redact: (text: string) => string;
  readonly beforeHandover: (() => Promise<void>) | undefined;
}

/** Large contents leave in pieces, so that a connection that dies in between is known to have died before the dot. */
const pieceOctets = 64 * 1024;
const terminator = Buffer.from(".\r\n");

/** One message over an open connection. Resolves only on a positive reply to the final dot. */
export async function transmit(
  connection: Connection,
  message: { readonly envelope: Envelope; readonly content: Content },
  options: TransmitOptions,
  progress: Progress,
): Promise<Transmission> {
  const { envelope, content } = message;
  const mailFrom = mailCommand(connection.extensions, envelope.from, content);
  const { accepted, rejected } = await openTransaction(connection, mailFrom, envelope.to, options, progress);
  await handOver(connection.wire, options.beforeHandover, progress);
  return { accepted, rejected, reply: await transmitContent(connection, Buffer.concat([...content.pieces]), progress) };
}

/** Leaves the relay waiting for the content, with at least one recipient accepted. */
async function openTransaction(
  { wire, extensions }: Connection,
  mailFrom: string,
  recipients: readonly string[],
  { redact }: TransmitOptions,
  progress: Progress,
): Promise<{ accepted: string[]; rejected: RejectedRecipient[] }> {
  const accepted: string[] = [];
  const rejected: RejectedRecipient[] = [];
  const recipientCommands = recipients.map((recipient) => `RCPT TO:<${recipient}>\r\n`);
  progress.stage = "mail-from";
  if (extensions.pipelining) {
    wire.command(`${mailFrom}${recipientCommands.join("")}DATA\r\n`, recipients.length + 2);
  } else {
    wire.command(mailFrom);
  }
  await expectPositive(wire);

  progress.stage = "rcpt-to";
  for (const [index, recipient] of recipients.entries()) {
    if (!extensions.pipelining) wire.command(recipientCommands[index] ?? "");
    const reply = await wire.reply(stepTimeoutsMs.command);
    if (isPositive(reply)) accepted.push(recipient);
    else if (reply.code === 421 || reply.code < 400) throw new Refusal(reply);
    else rejected.push(toRejectedRecipient(recipient, reply, redact));
  }
  if (accepted.length === 0) throw refusedRecipients(rejected);

  progress.stage = "data";
  if (!extensions.pipelining) wire.command("DATA\r\n");
  const reply = await wire.reply(stepTimeoutsMs.command);
  if (reply.code !== 354) throw new Refusal(reply);
  wire.assertQuiet();
  return { accepted, rejected };
}

async function handOver(
  wire: Wire,
  beforeHandover: (() => Promise<void>) | undefined,
  progress: Progress,
): Promise<void> {
  if (!beforeHandover) return;
  try {
    await wire.whileOpen(beforeHandover());
  } catch (cause) {
    if (cause instanceof WireError) throw cause;
    throw new EmailError({
      code: "handover-refused",
      message: "The message was not handed over, because the step before the handover failed.",
      stage: progress.stage,
      cause,
    });
  }
}

async function transmitContent(
  { wire }: Connection,
  stuffed: Buffer,
  progress: Progress,
): Promise<SmtpReply> {
  // Something may have happened while the handover was prepared.
  wire.assertQuiet();
  progress.stage = "body";
  const lastPiece = Math.max(0, Math.ceil(stuffed.length / pieceOctets) - 1) * pieceOctets;
  for (let start = 0; start < lastPiece; start += pieceOctets) {
    progress.contentReleased = true;
    await wire.write(stuffed.subarray(start, start + pieceOctets), stepTimeoutsMs.dataBlock);
    wire.assertQuiet();
  }
  progress.stage = "end-of-data";
  progress.contentReleased = true;
  progress.terminatorReleased = true;
  wire.command(Buffer.concat([stuffed.subarray(lastPiece), terminator]));
  const reply = await wire.reply(stepTimeoutsMs.endOfData);
  if (!isPositive(reply)) throw new Refusal(reply);
  return reply;
}
