/** Decodes RFC 3461 section 4: `+2B` is a plus. */
export function fromXtext(text: string): string {
  return text.replace(/\+([\dA-F]{2})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
