/** A message that the relay took over. */
export interface CapturedMessage {
  /** The queue id that the relay told the client in its reply. */
  readonly id: string;
  readonly envelope: CapturedEnvelope;
  /** The exact content that arrived, dot-unstuffed, its last line end included. */
  readonly raw: Uint8Array;
  readonly parsed: ParsedMessage;
  /** Who was logged in. */
  readonly user: string | undefined;
  /** Whether it came inside TLS. */
  readonly tls: boolean;
  readonly receivedAt: Date;
  /** `SandboxConnection.id` of the connection it came through. */
  readonly connectionId: number;
}

export type EsmtpParameters = Readonly<Record<string, string | true>>;

/** Addresses are as they stood between the angle brackets. */
export interface CapturedEnvelope {
  /** Empty for the null reverse-path `<>`. */
  readonly from: string;
  /** The accepted recipients. */
  readonly to: readonly string[];
  /** The parameters of MAIL FROM, names in upper case, xtext decoded: `{ SIZE: "120", SMTPUTF8: true }`. */
  readonly mailFromParameters: EsmtpParameters;
  /** The parameters of each accepted RCPT TO, in the order of `to`. */
  readonly recipientParameters: readonly EsmtpParameters[];
}

/** What a MIME parser makes of the content. */
export interface ParsedMessage {
  readonly from: readonly ParsedMailbox[];
  readonly to: readonly ParsedMailbox[];
  readonly cc: readonly ParsedMailbox[];
  readonly bcc: readonly ParsedMailbox[];
  readonly replyTo: readonly ParsedMailbox[];
  readonly subject: string | undefined;
  /** Undefined where there is no plain text part, or an empty one. */
  readonly text: string | undefined;
  readonly html: string | undefined;
  /** Without angle brackets. */
  readonly messageId: string | undefined;
  readonly date: Date | undefined;
  /** Unfolded, not decoded; names in lower case, each with all its values in order. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly attachments: readonly ParsedAttachment[];
}

export interface ParsedMailbox {
  readonly address: string;
  /** Empty where there is none. */
  readonly name: string;
}

export interface ParsedAttachment {
  readonly filename: string | undefined;
  readonly contentType: string;
  readonly content: Uint8Array;
  /** Without angle brackets. */
  readonly contentId: string | undefined;
  readonly disposition: string | undefined;
}
