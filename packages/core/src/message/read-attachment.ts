import type { Attachment } from "../contract/index.js";
import type { InputReader } from "./create-input-reader.js";

// RFC 2045 section 5.1, in the alphabet of RFC 6838 section 4.2.
const mediaType = /^[a-z\d][\w!#$&^.+-]{0,63}\/[a-z\d][\w!#$&^.+-]{0,63}$/i;

export function readAttachment(reader: InputReader, value: unknown, path: string): Attachment | undefined {
  const input = reader.record(value, path, ["filename", "contentType", "content", "contentId"]);
  if (!input) return undefined;
  const filename = reader.text(
    input.filename ?? null,
    `${path}.filename`,
    (text) => /^[^\0-\x1f\x7f-\x9f\u2028\u2029\p{Cs}/\\]{1,200}$/u.test(text),
    "Must be 1 to 200 characters, without path separators and control characters.",
  );
  const contentType = reader.text(
    input.contentType ?? null,
    `${path}.contentType`,
    // A multipart needs a boundary and may not be base64 (RFC 2045 section 6.4): its content would be read as parts.
    (text) => mediaType.test(text) && !/^multipart\//i.test(text),
    "Must be a media type without parameters, such as application/pdf.",
  );
  const contentId = reader.text(
    input.contentId,
    `${path}.contentId`,
    (text) => /^[\w!#$%&'*+/=?^`{|}~.@-]{1,200}$/.test(text),
    "Must be 1 to 200 ASCII characters without blanks and angle brackets.",
  );
  const { content } = input;
  if (!isBytes(content)) return reader.report(`${path}.content`, "Must be a Uint8Array.");
  if (filename === undefined || contentType === undefined) return undefined;
  return { filename, contentType, content, ...(contentId !== undefined && { contentId }) };
}

/** Also across realms (workers, test runners), where `instanceof` fails. */
function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === "[object Uint8Array]";
}
