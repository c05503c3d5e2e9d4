/** Of the UTF-8 form. */
export function countOctets(text: string): number {
  return new TextEncoder().encode(text).length;
}
