/** RFC 5322 section 2.1.1, without CRLF. */
const lineCharacters = 998;

/** Whether a text with CRLF has a line that SMTP does not carry. Looks at one place in a thousand. */
export function hasLongLine(text: string): boolean {
  let start = 0;
  while (text.length - start > lineCharacters) {
    const feed = text.lastIndexOf("\n", start + lineCharacters + 1);
    if (feed < start) return true;
    start = feed + 1;
  }
  return false;
}
