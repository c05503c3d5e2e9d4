/** Whether a canonical address can only travel to a relay that announces SMTPUTF8 (RFC 6531). */
export function needsSmtpUtf8(address: string): boolean {
  return /[^\0-\x7f]/.test(address);
}
