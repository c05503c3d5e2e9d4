/** What goes after DATA. */
export interface Content {
  /** Lines end with CRLF, the last one too; leading dots doubled; without the terminating dot. */
  readonly stuffed: Buffer;
  /** As RFC 1870 counts: with CRLF, before dots are doubled. */
  readonly size: number;
  readonly eightBit: boolean;
  /** An address or header is not ASCII (RFC 6531). */
  readonly smtpUtf8: boolean;
}
