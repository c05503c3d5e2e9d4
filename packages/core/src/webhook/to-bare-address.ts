/** The address in `"Kim K." <kim@example.net>`; a text without angle brackets as it is. */
export function toBareAddress(text: string): string {
  return /<([^<>]+)>\s*$/.exec(text)?.[1]?.trim() ?? text.trim();
}
