const lineCharacters = 76;
const lineOctets = 57;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/** Octets that are encoded at a time: whole lines, and few enough to stay in the processor's cache. */
const blockOctets = 256 * lineOctets;

/** How many octets `writeBase64Lines` writes. */
export function base64LinesLength(octets: number): number {
  const characters = Math.ceil(octets / 3) * 4;
  return characters + Math.ceil(characters / lineCharacters) * 2;
}

/** Encodes into `target` (RFC 2045 section 6.8), every line with CRLF. Returns where it ended. */
export function writeBase64Lines(octets: Buffer, target: Buffer, position: number): number {
  let end = position;
  for (let start = 0; start < octets.length; start += blockOctets) {
    const text = octets.toString("base64", start, start + blockOctets);
    // Written to where its last line belongs; the lines then move forward, which makes room for their ends.
    let lineStart = end + Math.ceil(text.length / lineCharacters) * 2;
    const textEnd = lineStart + text.length;
    target.write(text, lineStart, "latin1");
    while (lineStart < textEnd) {
      const lineEnd = Math.min(lineStart + lineCharacters, textEnd);
      target.copyWithin(end, lineStart, lineEnd);
      end += lineEnd - lineStart;
      target[end++] = carriageReturn;
      target[end++] = lineFeed;
      lineStart = lineEnd;
    }
  }
  return end;
}
