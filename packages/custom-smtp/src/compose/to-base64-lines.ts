import type { WireLines } from "./wire-lines.js";

const lineCharacters = 76;
const lineOctets = 57;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/** Octets that are encoded at a time: whole lines, and few enough to stay in the processor's cache. */
const blockOctets = 256 * lineOctets;
const sliceOctets = 840 * lineOctets;

/** Octets as base64 (RFC 2045 section 6.8), every line with CRLF. */
export function toBase64Lines(octets: Buffer): WireLines {
  const { length: source } = octets;
  const characters = Math.ceil(source / 3) * 4;
  const length = characters + Math.ceil(characters / lineCharacters) * 2;
  return {
    length,
    size: length,
    write: (target, position) => write(octets, target, position),
    *slices() {
      // The length was promised to the relay; octets that moved to another thread meanwhile are gone.
      if (octets.length !== source) throw new Error("An attachment changed while its message was sent.");
      for (let start = 0; start < source; start += sliceOctets) {
        yield toBase64Lines(octets.subarray(start, start + sliceOctets));
      }
    },
  };
}

function write(octets: Buffer, target: Buffer, position: number): void {
  let end = position;
  for (let start = 0; start < octets.length; start += blockOctets) {
    const text = octets.toString("base64", start, start + blockOctets);
    // The text is written as far behind as it grows; its lines then move forward, which makes room for their ends.
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
}
