import { encodeQuotedPrintable } from "./encode-quoted-printable.js";
import { hasLongLine } from "./has-long-line.js";
import type { Segment } from "./segment.js";

/**
 * A text with its header fields; CR, LF and CRLF are line ends. It goes out as it is where every relay takes it, else
 * as quoted-printable if it is mostly ASCII, as base64 if not.
 */
export function toTextPart(subtype: "plain" | "html", text: string): [fields: string, body: Segment] {
  const lines = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  const beyondAscii = Buffer.byteLength(lines) - lines.length;
  if (beyondAscii === 0 && !hasLongLine(lines)) return [toFields(subtype, "7bit"), lines];
  if (beyondAscii <= lines.length / 4) {
    return [toFields(subtype, "quoted-printable"), encodeQuotedPrintable(lines)];
  }
  // RFC 2045 section 6.8: base64 encodes the lines of a text with CRLF.
  return [toFields(subtype, "base64"), Buffer.from(lines.replace(/\n/g, "\r\n"))];
}

function toFields(subtype: string, encoding: string): string {
  return `Content-Type: text/${subtype}; charset=utf-8\nContent-Transfer-Encoding: ${encoding}\n\n`;
}
