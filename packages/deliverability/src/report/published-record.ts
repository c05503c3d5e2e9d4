/** A record to publish, ready to copy. */
export interface PublishedRecord {
  /** The whole name. */
  readonly name: string;
  readonly type: "TXT" | "CNAME" | "MX";
  readonly value: string;
  /** A TXT value in the strings of at most 255 octets that a zone file needs; forms of DNS hosts mostly take `value`. */
  readonly strings?: readonly string[] | undefined;
}
