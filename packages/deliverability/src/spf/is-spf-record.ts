/** Whether a TXT record is an SPF record: `v=spf1` and then a space or nothing (RFC 7208 section 4.5). */
export function isSpfRecord(text: string): boolean {
  return /^v=spf1(?: |$)/i.test(text);
}
