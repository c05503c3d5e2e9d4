import type { Attachment } from "../contract/index.js";
import { optional } from "./optional.js";
import { shape } from "./shape.js";
import { text } from "./text.js";

export const attachment = shape<Attachment>({
  filename: text(
    /^[^\0-\x1f\x7f-\x9f\u2028\u2029\p{Cs}/\\]+$/u,
    "Must be without path separators and control characters.",
    200,
  ),
  // RFC 6838 section 4.2. A multipart needs a boundary and may not be base64 (RFC 2045 section 6.4).
  contentType: text(
    /^(?!multipart\/)[a-z\d][\w!#$&^.+-]{0,126}\/[a-z\d][\w!#$&^.+-]{0,126}$/i,
    "Must be a media type such as application/pdf.",
    200,
  ),
  // By its tag, because across realms (workers, test runners) `instanceof` fails.
  content: (value, path, report) => (isBytes(value) ? value : report(path, "Must be a Uint8Array.")),
  contentId: optional(
    text(/^[\w!#$%&'*+/=?^`{|}~.@-]+$/, "Must be ASCII, without blanks and angle brackets.", 200),
  ),
});

function isBytes(value: unknown): value is Uint8Array {
  return Object.prototype.toString.call(value) === "[object Uint8Array]";
}
