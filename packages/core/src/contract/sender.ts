/** Who the mail is from. Belongs to the stored provider, not to the connector's config; hence the wire names. */
export interface Sender {
  /** The From address and the envelope sender (RFC 5321 reverse-path). */
  readonly from_email: string;
  readonly from_name?: string | undefined;
  readonly reply_to?: string | undefined;
}

/** Names that a connector's config may not use: they belong to the stored provider in the same flat object. */
export type ReservedField = "provider" | "display_name" | keyof Sender;
