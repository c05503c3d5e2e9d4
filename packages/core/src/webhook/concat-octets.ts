/** One after the other; texts as UTF-8. */
export function concatOctets(...parts: readonly (string | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const octets = parts.map((part) => (typeof part === "string" ? encoder.encode(part) : part));
  const whole = new Uint8Array(octets.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of octets) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
