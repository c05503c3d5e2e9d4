/** Crockford's base 32: no I, L, O, U. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

let lastTimeMs = 0;
let lastRandom = 0n;

/**
 * A prefixed ULID such as `epr_01J9Z...`: 48 bits of time, 80 random bits.
 * Ids made by one process sort in the order in which they were made, also within a millisecond.
 * Source: https://github.com/ulid/spec
 */
export function createId(prefix: string): string {
  return `${prefix}_${createUlid()}`;
}

function createUlid(): string {
  const nowMs = Date.now();
  if (nowMs > lastTimeMs) {
    lastTimeMs = nowMs;
    lastRandom = randomBits();
  } else {
    lastRandom += 1n;
  }
  // 50 + 80 bits as 26 digits of 5 bits.
  return toBase32((BigInt(lastTimeMs) << 80n) | lastRandom, 26);
}

/** 79 bits, so that counting on within a millisecond cannot overflow into the time. */
function randomBits(): bigint {
  const words = crypto.getRandomValues(new Uint32Array(3));
  return words.reduce((bits, word) => (bits << 32n) | BigInt(word), 0n) & ((1n << 79n) - 1n);
}

function toBase32(value: bigint, digits: number): string {
  let text = "";
  for (let rest = value; text.length < digits; rest >>= 5n) text = alphabet.charAt(Number(rest & 31n)) + text;
  return text;
}
