import type { EmailMessage } from "../contract/index.js";
import type { InputReader } from "./create-input-reader.js";

/** RFC 2369 takes any URI; mail clients act on https and mailto alone, and one-click needs https (RFC 8058). */
export function readListUnsubscribe(reader: InputReader, value: unknown): EmailMessage["listUnsubscribe"] {
  const path = "listUnsubscribe";
  const input = reader.record(value, path, ["url", "oneClick"]);
  if (!input) return undefined;
  const { oneClick } = input;
  const url = reader.text(
    input.url ?? null,
    `${path}.url`,
    // In the header, angle brackets enclose the URL and a comma would separate two.
    (text) => text.length <= 900 && /^(?:https:\/\/(?=[^/?#])|mailto:)(?:(?![<>,"\\])[!-~])+$/i.test(text),
    "Must be an https or mailto URL of at most 900 ASCII characters, with blanks, commas and angle brackets encoded.",
  );
  if (oneClick !== undefined && typeof oneClick !== "boolean") {
    return reader.report(`${path}.oneClick`, "Must be true or false.");
  }
  if (oneClick && url && !/^https:/i.test(url))
    return reader.report(`${path}.url`, "oneClick needs an https URL.");
  return url === undefined ? undefined : { url, ...(oneClick !== undefined && { oneClick }) };
}
