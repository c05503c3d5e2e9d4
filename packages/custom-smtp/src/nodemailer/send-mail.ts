import type { ManagedProvider } from "@getfluxly/email-core";
import { followSignal } from "./follow-signal.js";
import type { NodemailerMail } from "./nodemailer-mail.js";
import { readMail } from "./read-mail.js";
import type { SentMessageInfo } from "./sent-message-info.js";
import { toNodemailerError } from "./to-nodemailer-error.js";
import { toSentMessageInfo } from "./to-sent-message-info.js";

/** Rejects with errors as nodemailer's users get them. */
export async function sendMail(provider: ManagedProvider, mail: NodemailerMail): Promise<SentMessageInfo> {
  const given: { readonly signal?: AbortSignal | undefined } = mail.data;
  const { signal, orAborted, release } = followSignal(given.signal);
  let isHandedOver = false;
  try {
    const { message, recipients } = await orAborted(readMail(mail, provider.sender));
    isHandedOver = true;
    const receipt = await provider.send(message, { signal });
    const from = message.returnPath ?? provider.sender.from_email;
    return toSentMessageInfo(receipt, { from, to: recipients });
  } catch (error) {
    throw toNodemailerError(error, isHandedOver ? "unknown" : "not_sent");
  } finally {
    release();
  }
}
