/** What goes after DATA. */
export interface Content {
  /**
   * Lines end with CRLF, the last one too; leading dots doubled; without the terminating dot. One buffer for most
   * messages; large attachments are encoded piece by piece, as they are asked for. Can be iterated more than once.
   */
  readonly pieces: Iterable<Buffer>;
  /** As RFC 1870 counts: with CRLF, before dots are doubled. */
  readonly size: number;
  readonly eightBit: boolean;
  /** An address or header is not ASCII (RFC 6531). */
  readonly smtpUtf8: boolean;
}
