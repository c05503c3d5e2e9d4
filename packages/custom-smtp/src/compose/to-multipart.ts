import { randomUUID } from "node:crypto";
import type { Segment } from "./segment.js";

/** RFC 2046 section 5.1. A single part needs no frame and stays as it is. */
export function toMultipart(subtype: string, parts: readonly Segment[][]): Segment[] {
  const [single, second] = parts;
  if (single && !second) return single;
  // Nobody can guess it, and "=_" is in no quoted-printable and no base64 line (RFC 2045 section 6.7).
  const boundary = `=_${randomUUID()}`;
  const segments: Segment[] = [`Content-Type: multipart/${subtype};\n boundary="${boundary}"\n`];
  // The line end before a boundary belongs to the boundary.
  for (const part of parts) segments.push(`\n--${boundary}\n`, ...part);
  segments.push(`\n--${boundary}--`);
  return segments;
}
