/** Inside an escape (=C3 or %C3), or before one that continues a character: its octet is 80 to BF. */
const insideCharacter = /^(?:[=%]|.[=%]|..[=%][89AB])/;

/** Cuts a text with escaped UTF-8 octets into pieces of at most `limit` (12 or more), never inside a character. */
export function splitEscapes(text: string, limit: number): string[] {
  const pieces: string[] = [];
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = start + limit;
    while (end < text.length && insideCharacter.test(text.slice(end - 2, end + 2))) end -= 1;
    pieces.push(text.slice(start, end));
  }
  return pieces;
}
