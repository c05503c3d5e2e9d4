const tab = 0x09;
const lineFeed = 0x0a;
const space = 0x20;
const equals = 0x3d;

/** Characters of a line before its soft break. */
const lineCharacters = 75;
const hexadecimal = Buffer.from("0123456789ABCDEF");

/** What an octet takes: 1 as it is, 3 as an escape. A first octet asks for room for its whole character. */
const widths = Uint8Array.from({ length: 256 }, (_, octet) => {
  if (octet < 0x80) return octet === tab || (octet >= space && octet < 0x7f && octet !== equals) ? 1 : 3;
  return octet < 0xc0 ? 3 : octet < 0xe0 ? 6 : octet < 0xf0 ? 9 : 12;
});

/**
 * A text with \n as line end as quoted-printable (RFC 2045 section 6.7). Octet by octet, because native searches and
 * replacements, one for each rule, take about a third longer.
 */
export function encodeQuotedPrintable(text: string): string {
  const source = Buffer.allocUnsafe(text.length * 3);
  const length = source.write(text);
  // At worst all is escaped, and a soft break follows every 64 characters.
  const target = Buffer.allocUnsafe(length * 3 + Math.ceil(length / 20) * 2);
  let end = 0;
  let limit = lineCharacters;
  for (let index = 0; index < length; index++) {
    const octet = source[index] ?? 0;
    if (octet === lineFeed) {
      target[end++] = lineFeed;
      limit = end + lineCharacters;
      continue;
    }
    const isBlank = octet === space || octet === tab;
    const width =
      isBlank && (index + 1 === length || source[index + 1] === lineFeed) ? 3 : (widths[octet] ?? 3);
    if (end + width > limit) {
      target[end++] = equals;
      target[end++] = lineFeed;
      limit = end + lineCharacters;
    }
    if (width === 1) {
      target[end++] = octet;
    } else {
      target[end++] = equals;
      target[end++] = hexadecimal[octet >> 4] ?? 0;
      target[end++] = hexadecimal[octet & 15] ?? 0;
    }
  }
  return target.toString("latin1", 0, end);
}
