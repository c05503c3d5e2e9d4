/** The first RFC 3463 status in a text, such as `5.1.1`. Part of a longer dotted number it is none, but an IP address. */
export function findStatus(text: string): string | null {
  return /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\d|\.\d)/.exec(text)?.[0] ?? null;
}
