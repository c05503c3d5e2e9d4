import { splitEscapes } from "./split-escapes.js";

/** Of one word's text. With its 12 characters of frame it fits a line beside a short field name. */
const wordCharacters = 48;
const wordOctets = (wordCharacters / 4) * 3;

/**
 * A text of any script as encoded words (RFC 2047), each decodable alone. They are right in a phrase and in an
 * unstructured field. Mostly ASCII it stays legible (Q), else base64 is shorter (B).
 */
export function encodeWords(text: string): string {
  return Buffer.byteLength(text) - text.length > text.length / 2 ? toBase64Words(text) : toQuotedWords(text);
}

function toQuotedWords(text: string): string {
  const escapes = encodeURIComponent(text).replace(/%20|[%_.~'()]/g, toQuoted);
  return splitEscapes(escapes, wordCharacters)
    .map((piece) => `=?UTF-8?Q?${piece}?=`)
    .join(" ");
}

/** RFC 2047 section 5 (3): of what encodeURIComponent leaves, these may not stand in a phrase. */
function toQuoted(found: string): string {
  if (found === "%20") return "_";
  return found === "%" ? "=" : `=${found.charCodeAt(0).toString(16).toUpperCase()}`;
}

function toBase64Words(text: string): string {
  const octets = Buffer.from(text);
  const words: string[] = [];
  for (let start = 0, end = 0; start < octets.length; start = end) {
    end = start + wordOctets;
    // Octets of this form continue a character.
    while (((octets[end] ?? 0) & 0xc0) === 0x80) end -= 1;
    words.push(`=?UTF-8?B?${octets.toString("base64", start, end)}?=`);
  }
  return words.join(" ");
}
