import type { InputReader } from "./create-input-reader.js";
import { messageLimits } from "./message-limits.js";

/** Text for one header line or one field of a relay's interface. Absent reads as undefined. */
export function readLine(
  reader: InputReader,
  value: unknown,
  path: string,
  limit: number = messageLimits.lineCharacters,
): string | undefined {
  const text = reader.text(value, path, isSingleLine, "Must be one line without control characters.");
  if (text === undefined || text.length <= limit) return text;
  return reader.report(path, `Longer than ${limit} characters.`, "message-too-large");
}

/** Without control characters (C0, DEL, C1), line and paragraph separators and lone surrogates. */
function isSingleLine(text: string): boolean {
  return !/[\0-\x1f\x7f-\x9f\u2028\u2029]|\p{Cs}/u.test(text);
}
