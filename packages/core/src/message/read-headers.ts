import type { InputReader } from "./create-input-reader.js";
import { messageLimits } from "./message-limits.js";
import { readLine } from "./read-line.js";

// What the SDK or the relay writes, or what would forge their word.
const reserved =
  /^(?:from|sender|to|cc|bcc|subject|date|message-id|reply-to|return-path|received|mime-version|authentication-results|list-unsubscribe(?:-post)?|(?:content|dkim|arc|resent|x-gf)-.*)$/i;

/** Additional headers: RFC 5322 field names, narrowed to what no relay stumbles over. */
export function readHeaders(reader: InputReader, value: unknown): Record<string, string> {
  const seen = new Set<string>();
  return reader.texts(value, "headers", messageLimits.headers, (text, path, name) => {
    const key = name.toLowerCase();
    if (!/^[\w-]{1,76}$/.test(name)) reader.report(path, "A header name is 1 to 76 letters, digits, - or _.");
    else if (reserved.test(name)) reader.report(path, "This header is written by the SDK or the relay.");
    else if (seen.has(key)) reader.report(path, "This header is given twice.");
    seen.add(key);
    return readLine(reader, text, path);
  });
}
