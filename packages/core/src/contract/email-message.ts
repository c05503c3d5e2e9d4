/** One address with an optional display name. `address` follows the strict grammar of `parseAddress`. */
export interface Mailbox {
  readonly address: string;
  readonly name?: string | undefined;
}

/** Bytes only: no path and no URL, so a message can never make a provider read a file or fetch a host. */
export interface Attachment {
  readonly filename: string;
  /** A media type without parameters, such as `application/pdf`. */
  readonly contentType: string;
  readonly content: Uint8Array;
  /** Without angle brackets; makes the attachment inline, for `<img src="cid:...">`. */
  readonly contentId?: string | undefined;
}

/** A message as a host hands it over: the sender is left to the stored provider. */
export interface EmailMessage {
  readonly to: readonly Mailbox[];
  readonly cc?: readonly Mailbox[] | undefined;
  /** Envelope recipients that appear in no header. */
  readonly bcc?: readonly Mailbox[] | undefined;
  readonly subject: string;
  /** At least one of `text` and `html` is required. */
  readonly text?: string | undefined;
  readonly html?: string | undefined;
  /** Replaces the sender's `reply_to`. */
  readonly replyTo?: readonly Mailbox[] | undefined;
  readonly attachments?: readonly Attachment[] | undefined;
  /** Additional headers. Those that the SDK writes itself (From, Date, Message-ID, Content-* and the like) are refused. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Writes List-Unsubscribe (RFC 2369) and, with `oneClick`, List-Unsubscribe-Post (RFC 8058; needs https). */
  readonly listUnsubscribe?: { readonly url: string; readonly oneClick?: boolean | undefined } | undefined;
  /** The envelope sender, where it differs from `from_email` (VERP). */
  readonly returnPath?: string | undefined;
  /** Without angle brackets. Default: a ULID at the domain of `from_email`. */
  readonly messageId?: string | undefined;
  /** Needs the capability `tags`. */
  readonly tags?: readonly string[] | undefined;
  /** Needs the capability `metadata`. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Settings that only one connector knows, keyed by its provider id. */
  readonly providerOptions?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
}
