import type { Content } from "../session/content.js";
import type { Segment } from "./segment.js";
import { toBase64Lines } from "./to-base64-lines.js";
import { toTextLines } from "./to-text-lines.js";
import type { WireLines } from "./wire-lines.js";

/** Longer content is not held as a whole: its pieces are encoded when they are asked for, each time anew. */
const wholeOctets = 256 * 1024;

/** Texts that follow one another are encoded in one go, but to put long ones together would be one more copy of them. */
const joinedCharacters = 16 * 1024;

/** Segments as what goes after DATA. */
export function toContent(segments: readonly Segment[]): Content {
  const parts = toParts(segments);
  let length = 0;
  let size = 0;
  for (const part of parts) {
    length += part.length;
    size += part.size;
  }
  const pieces = length <= wholeOctets ? [toBuffer(parts, length)] : toPieces(parts);
  return { pieces, size, eightBit: false, smtpUtf8: false };
}

function toParts(segments: readonly Segment[]): WireLines[] {
  const last = segments.at(-1);
  const closed = typeof last === "string" && !last.endsWith("\n") ? [...segments, "\n"] : segments;
  const parts: WireLines[] = [];
  let text = "";
  const endText = () => {
    if (text !== "") parts.push(toTextLines(text));
    text = "";
  };
  for (const segment of closed) {
    if (typeof segment !== "string") {
      endText();
      parts.push(toBase64Lines(segment));
      continue;
    }
    if (text.length + segment.length > joinedCharacters) endText();
    text += segment;
  }
  endText();
  return parts;
}

function toBuffer(parts: readonly WireLines[], length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let position = 0;
  for (const part of parts) {
    part.write(buffer, position);
    position += part.length;
  }
  return buffer;
}

function toPieces(parts: readonly WireLines[]): Iterable<Buffer> {
  return {
    *[Symbol.iterator]() {
      for (const part of parts) {
        for (const slice of part.slices()) yield toBuffer([slice], slice.length);
      }
    },
  };
}
