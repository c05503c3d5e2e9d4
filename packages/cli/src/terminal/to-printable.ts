/** A relay's or a DNS server's words, so that they cannot move the cursor or write into the window's title. */
export function toPrintable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\u00b7");
}
