const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 48 bits of time and 80 random bits in Crockford's base 32. Source: https://github.com/ulid/spec */
export function createUlid(now: Date): string {
  let time = now.getTime();
  let text = "";
  for (let index = 0; index < 10; index++) {
    text = alphabet[time % 32] + text;
    time = Math.floor(time / 32);
  }
  // Five bits of each octet: a character a piece, with no carrying between them.
  for (let index = 0; index < 16; index++) text += alphabet[randomOctet() % 32];
  return text;
}

// Drawn in stock: asking for sixteen at a time costs more than all the rest of a message's preparation.
const stock = new Uint8Array(2048);
let left = 0;

function randomOctet(): number {
  if (left === 0) left = crypto.getRandomValues(stock).length;
  return stock[--left] as number;
}

/** Whether a text is a ULID in its canonical upper-case spelling. */
export function isUlid(text: string): boolean {
  return /^[0-7][\dA-HJKMNP-TV-Z]{25}$/.test(text);
}
