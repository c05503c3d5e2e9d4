import {
  EmailError,
  isEmailError,
  type RejectedRecipient,
  redactText,
  type ServerReply,
} from "@getfluxly/email-core";

/**
 * The same error with the secrets of these settings taken out of every text, in any usual encoding. Connectors do this
 * themselves; a relay that echoes a login and a careless connector must still not carry one into an answer.
 * Anything but an `EmailError` comes back as it is: it is answered without its text.
 */
export function redactError(
  error: unknown,
  settings: Readonly<Record<string, unknown>>,
  secretFields: readonly string[],
): unknown {
  if (!isEmailError(error)) return error;
  const secrets = toSecretTexts(settings, secretFields);
  const redact = (text: string) => redactText(text, secrets);
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

/** The values of the secret fields, at any depth: a secret may be a list or an object. */
export function toSecretTexts(
  settings: Readonly<Record<string, unknown>>,
  secretFields: readonly string[],
): readonly string[] {
  return secretFields.flatMap((field) => collectTexts(settings[field]));
}

function collectTexts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(collectTexts) : [];
}
