/** Octets of each of the two numbers, for P-256. */
const numberOctets = 32;

/**
 * An ECDSA signature out of DER (RFC 3279 section 2.2.3) as Web Crypto wants it: both numbers in fixed length. Strict, so
 * that a signature has one spelling: shortest lengths, no negative numbers, no needless zeros, nothing behind. Undefined
 * for anything else.
 */
export function toFixedSignature(der: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  // A sequence of two integers has at most 72 octets, so every length is one octet.
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || der.length > 72) return undefined;
  const first = readInteger(der, 2);
  const second = first && readInteger(der, first.end);
  if (!first || !second || second.end !== der.length) return undefined;
  const fixed = new Uint8Array(2 * numberOctets);
  fixed.set(first.octets, numberOctets - first.octets.length);
  fixed.set(second.octets, 2 * numberOctets - second.octets.length);
  return fixed;
}

function readInteger(der: Uint8Array, start: number): { octets: Uint8Array; end: number } | undefined {
  const length = der[start + 1] ?? 0;
  const end = start + 2 + length;
  if (der[start] !== 0x02 || length === 0 || end > der.length) return undefined;
  const octets = der.subarray(start + 2, end);
  const [leading = 0, next = 0] = octets;
  if (leading >= 0x80) return undefined;
  // A zero stands in front only where the number would read as negative without it.
  if (leading === 0 && next < 0x80) return undefined;
  const magnitude = leading === 0 ? octets.subarray(1) : octets;
  return magnitude.length <= numberOctets ? { octets: magnitude, end } : undefined;
}
