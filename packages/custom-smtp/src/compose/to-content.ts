import type { Content } from "../session/content.js";
import { base64LinesLength, writeBase64Lines } from "./base64-lines.js";
import type { Segment } from "./segment.js";

/** Up to here a message is one buffer. */
const bufferOctets = 256 * 1024;
/** Beyond, it is encoded in pieces of about 64 KB, when they are asked for: whole lines of base64. */
const pieceCharacters = 64 * 1024;
const pieceOctets = 840 * 57;

/** Segments as what goes after DATA. Each begins where a line begins, or with a line end. */
export function toContent(segments: readonly Segment[]): Content {
  const last = segments.at(-1);
  const closed = typeof last === "string" && !last.endsWith("\r\n") ? [...segments, "\r\n"] : segments;
  const stuffed = closed.map((segment) => (typeof segment === "string" ? stuffDots(segment) : segment));
  const length = sum(stuffed);
  return {
    pieces: length <= bufferOctets ? [toBuffer(stuffed, length)] : inPieces(stuffed),
    size: sum(closed),
    eightBit: false,
    smtpUtf8: false,
  };
}
