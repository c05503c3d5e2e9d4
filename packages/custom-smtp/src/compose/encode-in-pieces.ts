import { base64LinesLength, writeBase64Lines } from "./base64-lines.js";
import type { Segment } from "./segment.js";

/** Of a piece, about: whole lines of base64. */
const pieceOctets = 64 * 1024;
const sourceOctets = 840 * 57;

/** Encodes a piece when it is asked for, again each time, so that memory holds one encoded piece and not the message. */
export function encodeInPieces(segments: readonly Segment[]): Iterable<Buffer> {
  const lengths = segments.map(({ length }) => length);
  return {
    *[Symbol.iterator]() {
      for (const [index, segment] of segments.entries()) {
        // Its length was promised to the relay. Octets that were moved to another thread meanwhile are gone.
        if (segment.length !== lengths[index])
          throw new Error("An attachment changed while it was being sent.");
        yield* typeof segment === "string" ? textPieces(segment) : base64Pieces(segment);
      }
    },
  };
}

function* textPieces(text: string): Iterable<Buffer> {
  for (let start = 0; start < text.length; start += pieceOctets) {
    yield Buffer.from(text.slice(start, start + pieceOctets), "latin1");
  }
}

function* base64Pieces(octets: Buffer): Iterable<Buffer> {
  for (let start = 0; start < octets.length; start += sourceOctets) {
    const source = octets.subarray(start, start + sourceOctets);
    const piece = Buffer.allocUnsafe(base64LinesLength(source.length));
    writeBase64Lines(source, piece, 0);
    yield piece;
  }
}
