/** A segment on its way to the wire: its length is known before it is encoded. */
export interface WireLines {
  /** Octets on the wire. */
  readonly length: number;
  /** As RFC 1870 counts: before dots are doubled. */
  readonly size: number;
  /** Fills `length` octets of `target`. */
  write(target: Buffer, position: number): void;
  /** The same lines, about 64 KB at a time. */
  slices(): Iterable<WireLines>;
}
