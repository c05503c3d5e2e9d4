import { dictionary } from "./dictionary.js";
import { line } from "./line.js";
import { messageLimits } from "./message-limits.js";
import type { Read } from "./read.js";

const members = dictionary(
  // Not what the SDK or the relay writes, nor what would forge their word.
  /^(?!(?:from|sender|to|cc|bcc|subject|date|message-id|reply-to|return-path|received|mime-version|authentication-results|list-unsubscribe(?:-post)?)$|(?:content|dkim|arc|resent|x-gf)-)[\w-]{1,76}$/i,
  "Must be letters, digits, - and _, and no header that the SDK or the relay writes.",
  line(),
  messageLimits.headers,
);

/** Additional headers: RFC 5322 field names, narrowed to what no relay stumbles over, each once. */
export const headers: Read<Record<string, string>> = (value, path, report) => {
  const read = members(value, path, report) ?? {};
  const names = Object.keys(read);
  const unique = new Set(names.map((name) => name.toLowerCase()));
  return unique.size < names.length ? report(path, "Two names differ only in case.") : read;
};
