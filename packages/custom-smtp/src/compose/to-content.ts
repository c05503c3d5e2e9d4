import type { Content } from "../session/content.js";
import { base64LinesLength, writeBase64Lines } from "./base64-lines.js";
import { encodeInPieces } from "./encode-in-pieces.js";
import type { Segment } from "./segment.js";
import { stuffDots } from "./stuff-dots.js";

/** Longer ones are not held as a whole: they are encoded in pieces, when these are asked for. */
const wholeOctets = 256 * 1024;

/** Segments, each of which begins a line or with a line end, as what goes after DATA. */
export function toContent(segments: readonly Segment[]): Content {
  const last = segments.at(-1);
  const closed = typeof last === "string" && !last.endsWith("\r\n") ? [...segments, "\r\n"] : segments;
  const stuffed = closed.map((segment) => (typeof segment === "string" ? stuffDots(segment) : segment));
  const length = lengthOf(stuffed);
  return {
    pieces: length <= wholeOctets ? [encodeAtOnce(stuffed, length)] : encodeInPieces(stuffed),
    size: lengthOf(closed),
    eightBit: false,
    smtpUtf8: false,
  };
}

function lengthOf(segments: readonly Segment[]): number {
  let length = 0;
  for (const segment of segments) {
    length += typeof segment === "string" ? segment.length : base64LinesLength(segment.length);
  }
  return length;
}

function encodeAtOnce(segments: readonly Segment[], length: number): Buffer {
  const whole = Buffer.allocUnsafe(length);
  let end = 0;
  for (const segment of segments) {
    end =
      typeof segment === "string"
        ? end + whole.write(segment, end, "latin1")
        : writeBase64Lines(segment, whole, end);
  }
  return whole;
}
