import type { EmailError, RejectedRecipient } from "@getfluxly/email-core";
import { commands, type Opening } from "./opening.js";
import type { Progress } from "./progress.js";
import { Refusal } from "./refusal.js";
import { refusalFailure } from "./refusal-failure.js";
import { refusedRecipients, toRejectedRecipient } from "./refused-recipients.js";
import { isPositive, type SmtpReply, toServerReply } from "./reply.js";
import { stepTimeoutsMs } from "./session-options.js";
import type { Wire } from "./wire.js";

export type Negotiation =
  | {
      readonly goAhead: true;
      readonly accepted: readonly string[];
      readonly rejected: readonly RejectedRecipient[];
    }
  | {
      readonly goAhead: false;
      readonly failure: EmailError;
      /** False where the relay waits for content all the same: nothing but the end of the connection stops it. */
      readonly isUsable: boolean;
    };

interface NegotiationOptions {
  readonly recipients: readonly string[];
  /** Whether all commands have left already, as one group. If not, each leaves after the answer to the one before. */
  readonly isSent: boolean;
  /** RSET stands in front. */
  readonly afterReset: boolean;
  readonly redact: (text: string) => string;
  /** For the answer to the first command. */
  readonly firstTimeoutMs?: number | undefined;
}

/**
 * From MAIL to the answer to DATA. All answers of a group are read, whatever the first one says, so that the next
 * transaction finds its own. Rejects with a `Refusal` or a `WireError` if the connection is of no use any more.
 */
export async function negotiate(
  wire: Wire,
  opening: Opening,
  options: NegotiationOptions,
  progress: Progress,
): Promise<Negotiation> {
  const { isSent, recipients, redact } = options;
  let timeoutMs = options.firstTimeoutMs ?? stepTimeoutsMs.command;
  const ask = async (command: string): Promise<SmtpReply> => {
    if (!isSent) wire.command(command);
    const reply = await wire.reply(timeoutMs);
    timeoutMs = stepTimeoutsMs.command;
    // 421 announces the end of the connection; anything below 400 that is not expected means nothing here.
    if (reply.code === 421 || (reply.code >= 300 && reply.code < 400 && command !== commands.data)) {
      throw new Refusal(reply);
    }
    return reply;
  };

  if (options.afterReset) {
    progress.stage = "rset";
    const reply = await ask(commands.reset);
    if (!isPositive(reply)) throw new Refusal(reply);
  }

  progress.stage = "mail-from";
  const mail = await ask(opening.mail);
  let failure = isPositive(mail) ? undefined : refusalFailure(toServerReply(mail, redact), "mail-from");
  if (failure && !isSent) return { goAhead: false, failure, isUsable: true };

  const accepted: string[] = [];
  const rejected: RejectedRecipient[] = [];
  progress.stage = "rcpt-to";
  for (const [index, recipient] of recipients.entries()) {
    const reply = await ask(opening.recipients[index] ?? "");
    if (isPositive(reply)) accepted.push(recipient);
    else rejected.push(toRejectedRecipient(recipient, reply, redact));
  }
  if (accepted.length === 0) failure ??= refusedRecipients(rejected);
  if (failure && !isSent) return { goAhead: false, failure, isUsable: true };

  progress.stage = "data";
  const data = await ask(commands.data);
  if (data.code !== 354 && data.code < 400) throw new Refusal(data);
  if (failure) return { goAhead: false, failure, isUsable: data.code !== 354 };
  if (data.code !== 354) {
    return { goAhead: false, failure: refusalFailure(toServerReply(data, redact), "data"), isUsable: true };
  }
  wire.assertQuiet();
  return { goAhead: true, accepted, rejected };
}
