/** Of the UTF-8 form. */
export function countOctets(text: string): number {
  return /[^\0-\x7f]/.test(text) ? new TextEncoder().encode(text).length : text.length;
}
