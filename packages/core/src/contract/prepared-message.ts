import type { EmailMessage, Mailbox } from "./email-message.js";

/** What a connector receives: checked, canonical and frozen. Nothing in it needs to be parsed or cleaned again. */
export interface PreparedMessage extends EmailMessage {
  /** Without angle brackets. */
  readonly messageId: string;
  /**
   * A ULID: the local part of our Message-ID and the metadata key `gf_id`, since some relays overwrite Message-ID.
   * Source: https://github.com/ulid/spec
   */
  readonly correlationId: string;
  readonly from: Mailbox;
  readonly replyTo: readonly Mailbox[];
  /** `to` is every recipient once, in the order of to, cc, bcc; domains as A-labels. */
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
}
