import type { Content } from "../session/content.js";
import type { Segment } from "./segment.js";
import { toBase64Lines } from "./to-base64-lines.js";
import { toTextLines } from "./to-text-lines.js";
import type { WireLines } from "./wire-lines.js";

/** Longer content is no single buffer: its pieces are made when they are asked for, each time anew, attachments encoded then. */
const wholeOctets = 256 * 1024;

/** V8 keeps strings that are much longer apart from the young, and until it has looked through all of its heap. */
const blockCharacters = 64 * 1024;

/** Segments as what goes after DATA. */
export function toContent(segments: readonly Segment[]): Content {
  const last = segments.at(-1);
  const closed = typeof last === "string" && !last.endsWith("\n") ? [...segments, "\n"] : segments;
  const parts: WireLines[] = [];
  let text = "";
  const endText = () => {
    for (const block of toBlocks(text)) parts.push(toTextLines(block));
    text = "";
  };
  for (const segment of closed) {
    if (typeof segment !== "string") {
      endText();
      parts.push(toBase64Lines(segment));
      continue;
    }
    if (text.length + segment.length > blockCharacters) endText();
    text += segment;
  }
  endText();
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

/** A text in pieces of whole lines. */
function* toBlocks(text: string): Iterable<string> {
  for (let start = 0; start < text.length; ) {
    const feed = text.lastIndexOf("\n", start + blockCharacters);
    const end = feed < start ? text.length : feed + 1;
    yield text.slice(start, end);
    start = end;
  }
}
