import { EmailError, type RejectedRecipient } from "@getfluxly/email-core";
import { isPermanent, type SmtpReply, toServerReply } from "./reply.js";

export function toRejectedRecipient(
  address: string,
  reply: SmtpReply,
  redact: (text: string) => string,
): RejectedRecipient {
  return { address, permanent: isPermanent(reply), reply: toServerReply(reply, redact) };
}

/** The relay took none of the recipients. */
export function refusedRecipients(rejected: readonly RejectedRecipient[]): EmailError {
  const [first] = rejected;
  const reply = first?.reply;
  const everyReply = (test: (recipient: RejectedRecipient) => boolean) => rejected.every(test);
  if (everyReply((recipient) => recipient.reply?.code === 530)) {
    return new EmailError({
      code: "authentication-required",
      message: "The relay takes recipients only after a login.",
      stage: "rcpt-to",
      reply,
      rejected,
    });
  }
  const subject =
    rejected.length === 1 ? `the recipient ${first?.address}` : `all ${rejected.length} recipients`;
  // RFC 3463: x.7.x is a security or policy decision about us, not about the mailbox.
  const aboutUs = everyReply((recipient) => /^[45]\.7\./.test(recipient.reply?.enhancedStatus ?? ""));
  return new EmailError({
    code: "recipients-refused",
    message: `The relay refused ${subject}${reply ? `: ${reply.code} ${reply.text}` : ""}.`,
    stage: "rcpt-to",
    retryable: everyReply((recipient) => !recipient.permanent),
    reply,
    rejected,
    ...(everyReply((recipient) => !recipient.permanent) && {
      remedy: "Try again later: the relay postponed every recipient.",
    }),
    ...(everyReply((recipient) => recipient.reply?.code === 503) && {
      actor: "relay",
      remedy:
        "Try again: the relay lost track of the conversation. If it always answers so, it may take recipients only after a login.",
    }),
    ...(aboutUs && {
      actor: "configuration",
      remedy:
        "The relay does not relay to this recipient for this login or sender: check the login, and whether the account may send to it.",
    }),
  });
}
