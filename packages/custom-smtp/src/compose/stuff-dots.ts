/** RFC 5321 section 4.5.2, for a text that begins a line and whose line ends are CRLF. */
export function stuffDots(text: string): string {
  const stuffed = text.includes("\r\n.") ? text.replace(/\r\n\./g, "\r\n..") : text;
  return stuffed.startsWith(".") ? `.${stuffed}` : stuffed;
}
