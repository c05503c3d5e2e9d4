/** Counted by the engine: beyond ASCII a character takes more octets than UTF-16 units. */
export function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}
