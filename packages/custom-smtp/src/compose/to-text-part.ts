import { encodeQuotedPrintable } from "./encode-quoted-printable.js";
import { hasLongLine } from "./has-long-line.js";
import type { Segment } from "./segment.js";

/**
 * A text with its header fields, its line ends as CRLF (RFC 2046 section 4.1.1). As it is where every relay takes it;
 * else quoted-printable if it is mostly ASCII, base64 if not.
 */
export function toTextPart(subtype: "plain" | "html", text: string): [fields: string, body: Segment] {
  const lines = text.replace(text.includes("\r") ? /\r\n?|\n/g : /\n/g, "\r\n");
  const beyondAscii = Buffer.byteLength(lines) - lines.length;
  if (beyondAscii === 0 && !hasLongLine(lines)) return [fields(subtype, "7bit"), lines];
  return beyondAscii > lines.length / 4
    ? [fields(subtype, "base64"), Buffer.from(lines)]
    : [fields(subtype, "quoted-printable"), encodeQuotedPrintable(lines)];
}

const fields = (subtype: string, encoding: string) =>
  `Content-Type: text/${subtype}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;
