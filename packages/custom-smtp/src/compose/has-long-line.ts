/** RFC 5322 section 2.1.1, without the line end. */
const lineCharacters = 998;

/** Whether an ASCII text has a line that SMTP does not carry. Looks at about one character in a thousand. */
export function hasLongLine(text: string): boolean {
  let start = 0;
  while (text.length - start > lineCharacters) {
    const feed = text.lastIndexOf("\n", start + lineCharacters);
    if (feed < start) return true;
    start = feed + 1;
  }
  return false;
}
