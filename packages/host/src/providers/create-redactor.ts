import { redactText } from "@getfluxly/email-core/redaction";

/**
 * A function that takes the secrets of these settings out of a text, in any usual encoding. The last line before an
 * answer: connectors redact themselves, but a relay may echo a login in a way that its connector does not know.
 */
export function createRedactor(
  settings: Readonly<Record<string, unknown>>,
  secretFields: readonly string[],
): (text: string) => string {
  const secrets = secretFields.flatMap((field) => collectTexts(settings[field]));
  return (text) => {
    try {
      return redactText(text, secrets);
    } catch {
      // Too much to search for. Neither the text nor this error, which may quote the secrets, can be shown.
      return "[redacted]";
    }
  };
}

/** A secret may be a list or an object. */
function collectTexts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(collectTexts) : [];
}
