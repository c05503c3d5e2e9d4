import { EmailError, isEmailError, type RejectedRecipient, type ServerReply } from "@getfluxly/email-core";

/** The same error with all its texts redacted. Anything but an `EmailError` comes back as it is: it is answered without its text. */
export function redactError(error: unknown, redact: (text: string) => string): unknown {
  if (!isEmailError(error)) return error;
  const redactReply = (reply: ServerReply): ServerReply => ({ ...reply, text: redact(reply.text) });
  const redactRejected = ({ reply, ...recipient }: RejectedRecipient): RejectedRecipient => ({
    ...recipient,
    ...(reply && { reply: redactReply(reply) }),
  });
  const { code, stage, certainty, actor, retryable, retryAfterMs } = error;
  return new EmailError({
    ...{ code, stage, certainty, actor, retryable, retryAfterMs },
    message: redact(error.message),
    remedy: redact(error.remedy),
    reply: error.reply && redactReply(error.reply),
    issues: error.issues?.map(({ path, message }) => ({ path, message: redact(message) })),
    rejected: error.rejected?.map(redactRejected),
  });
}
