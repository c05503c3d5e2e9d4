/** The few DER (ITU-T X.690) encodings that a certificate needs. */
export const der = {
  sequence: (...parts: readonly Buffer[]): Buffer => encode(0x30, Buffer.concat(parts)),
  set: (...parts: readonly Buffer[]): Buffer => encode(0x31, Buffer.concat(parts)),
  /** From the big-endian bytes of a positive number. */
  integer: (bytes: Buffer): Buffer =>
    encode(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes),
  true: Buffer.of(0x01, 0x01, 0xff),
  bitString: (bytes: Buffer, unusedBits = 0): Buffer =>
    encode(0x03, Buffer.concat([Buffer.of(unusedBits), bytes])),
  octetString: (bytes: Buffer): Buffer => encode(0x04, bytes),
  utf8String: (text: string): Buffer => encode(0x0c, Buffer.from(text)),
  objectIdentifier: encodeObjectIdentifier,
  /** RFC 5280 section 4.1.2.5: two-digit years before 2050, four-digit years from then on. */
  time: (date: Date): Buffer => {
    const digits = `${date.toISOString().replace(/\D/g, "").slice(0, 14)}Z`;
    return date.getUTCFullYear() < 2050
      ? encode(0x17, Buffer.from(digits.slice(2)))
      : encode(0x18, Buffer.from(digits));
  },
  /** `[n]` around complete encodings. */
  explicit: (tag: number, content: Buffer): Buffer => encode(0xa0 | tag, content),
  /** `[n]` in place of a primitive type's own tag. */
  implicit: (tag: number, content: Buffer): Buffer => encode(0x80 | tag, content),
};

function encode(tag: number, content: Buffer): Buffer {
  if (content.length < 0x80) return Buffer.concat([Buffer.of(tag, content.length), content]);
  const digits = content.length.toString(16);
  const length = Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex");
  return Buffer.concat([Buffer.of(tag, 0x80 | length.length), length, content]);
}

function encodeObjectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return encode(0x06, Buffer.from(bytes));
}
