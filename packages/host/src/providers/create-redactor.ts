import { redactText } from "@getfluxly/email-core/redaction";

/** Looking for more than this in all encodings takes too long: then the whole text goes. */
const maxSearchedLength = 8192;

/**
 * A function that takes the secrets of these settings out of a text, in any usual encoding. The last line before an
 * answer: connectors redact themselves, but a relay may echo a login in a way that its connector does not know.
 */
export function createRedactor(
  settings: Readonly<Record<string, unknown>>,
  secretFields: readonly string[],
): (text: string) => string {
  const secrets = secretFields.flatMap((field) => collectTexts(settings[field]));
  const length = secrets.reduce((sum, secret) => sum + secret.length, 0);
  return (text) => {
    if (length > maxSearchedLength) return "[redacted]";
    try {
      return redactText(text, secrets);
    } catch {
      // Neither the text nor this error, which may quote the secrets, can be shown.
      return "[redacted]";
    }
  };
}

/** A secret may be a list or an object. */
function collectTexts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(collectTexts) : [];
}
