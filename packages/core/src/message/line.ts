import { messageLimits } from "./message-limits.js";
import type { Read } from "./read.js";
import { text } from "./text.js";

/** For one header line: no control characters (C0, DEL, C1), line or paragraph separators and lone surrogates. */
export function line(limit: number = messageLimits.lineCharacters): Read<string> {
  return text(
    /^[^\0-\x1f\x7f-\x9f\u2028\u2029\p{Cs}]*$/u,
    "Must be without line breaks and control characters.",
    limit,
  );
}
