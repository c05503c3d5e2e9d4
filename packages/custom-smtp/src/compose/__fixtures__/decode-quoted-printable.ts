/** RFC 2045 section 6.7 to the letter: throws where a decoder would have to guess. */
export function decodeQuotedPrintable(encoded: string): string {
  const octets = encoded.replaceAll(/=\r?\n/g, "").replaceAll(/=(.{0,2})/gs, (_escape, digits: string) => {
    if (!/^[\dA-F]{2}$/.test(digits)) throw new Error(`no escape: =${digits}`);
    return String.fromCharCode(Number.parseInt(digits, 16));
  });
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(octets, "latin1"));
}
