import type { Content } from "../session/content.js";
import type { Segment } from "./segment.js";
import { toBase64Lines } from "./to-base64-lines.js";
import { toTextLines } from "./to-text-lines.js";
import type { WireLines } from "./wire-lines.js";

/** Longer content is not held as a whole: its pieces are encoded when they are asked for, each time anew. */
const wholeOctets = 256 * 1024;

/** Segments as what goes after DATA. */
export function toContent(segments: readonly Segment[]): Content {
  const parts: WireLines[] = [];
  let text = "";
  for (const segment of segments) {
    if (typeof segment === "string") text += segment;
    else {
      parts.push(toTextLines(text), toBase64Lines(segment));
      text = "";
    }
  }
  parts.push(toTextLines(text === "" || text.endsWith("\n") ? text : `${text}\n`));
  let length = 0;
  let size = 0;
  for (const part of parts) {
    length += part.length;
    size += part.size;
  }
  const pieces = length <= wholeOctets ? [toBuffer(parts, length)] : toPieces(parts);
  return { pieces, size, eightBit: false, smtpUtf8: false };
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
