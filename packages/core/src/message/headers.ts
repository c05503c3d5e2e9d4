import { dictionary } from "./dictionary.js";
import { line } from "./line.js";
import { messageLimits } from "./message-limits.js";

/** Additional headers: RFC 5322 field names, narrowed to what no relay stumbles over. */
export const headers = dictionary(
  // Reserved is what the SDK or the relay writes, and what would forge their word.
  /^(?!(?:__proto__|from|sender|to|cc|bcc|subject|date|message-id|reply-to|return-path|received|mime-version|authentication-results|list-unsubscribe(?:-post)?)$|(?:content|dkim|arc|resent|x-gf)-)[\w-]{1,76}$/i,
  "Must be letters, digits, - and _, and no reserved name.",
  line(),
  messageLimits.headers,
);
