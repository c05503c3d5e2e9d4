const tab = 0x09;
const carriageReturn = 0x0d;
const space = 0x20;
const equals = 0x3d;

/** Characters of a line before its soft break. */
const lineCharacters = 75;
const hexadecimal = Buffer.from("0123456789ABCDEF");

/** What an octet takes: 1 as it is, 3 as an escape. A first octet makes room for its whole character, for legibility. */
const widths = Uint8Array.from({ length: 256 }, (_, octet) => {
  if (octet < 0x80) return octet === tab || (octet >= space && octet < 0x7f && octet !== equals) ? 1 : 3;
  return octet < 0xc0 ? 3 : octet < 0xe0 ? 6 : octet < 0xf0 ? 9 : 12;
});

/**
 * A text whose line ends are CRLF as quoted-printable (RFC 2045 section 6.7). Octet by octet, because half a dozen
 * native searches and replacements, one for each rule, take more than twice as long.
 */
export function encodeQuotedPrintable(text: string): string {
  // At worst all is escaped, and soft breaks make lines of 64 to 75 characters.
  const source = Buffer.allocUnsafe(text.length * 3);
  const length = source.write(text);
  const target = Buffer.allocUnsafe(length * 3 + Math.ceil(length / 20) * 3);
  let position = 0;
  let limit = lineCharacters;
  for (let index = 0; index < length; index++) {
    const octet = source[index] ?? 0;
    if (octet === carriageReturn) {
      target[position++] = octet;
      target[position++] = source[++index] ?? 0;
      limit = position + lineCharacters;
      continue;
    }
    const atLineEnd =
      (octet === space || octet === tab) && (index + 1 === length || source[index + 1] === carriageReturn);
    const width = atLineEnd ? 3 : (widths[octet] ?? 3);
    if (position + width > limit) {
      target[position++] = equals;
      target[position++] = 0x0d;
      target[position++] = 0x0a;
      limit = position + lineCharacters;
    }
    if (width === 1) {
      target[position++] = octet;
    } else {
      target[position++] = equals;
      target[position++] = hexadecimal[octet >> 4] ?? 0;
      target[position++] = hexadecimal[octet & 15] ?? 0;
    }
  }
  return target.toString("latin1", 0, position);
}
