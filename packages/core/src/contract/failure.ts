/** `not_sent`: safe to try again. `unknown`: the relay may have the message. Success is a receipt, never a failure. */
export type Certainty = "not_sent" | "unknown";

/** Who has to act before another attempt can succeed. `caller` is the code that called the SDK. */
export type Actor = "recipient" | "message" | "configuration" | "relay" | "network" | "operator" | "caller";

/** A relay's reply (RFC 5321 section 4.2), its text without control characters and without our credentials. */
export interface ServerReply {
  readonly code: number;
  /** RFC 3463, such as `5.1.1`. */
  readonly enhancedStatus?: string | undefined;
  readonly text: string;
}

/** One thing that is wrong with an input, and where. */
export interface Issue {
  /** Where in the input, such as `to[0].address` or `smtp_port`; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** What every rejection of the SDK carries. `EmailError` implements it; after a queue or a worker only this shape remains. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  /** Stable within a major version; a minor version may add codes, so keep a default branch. */
  readonly code: string;
  readonly certainty: Certainty;
  /** True only with `not_sent`: the same call, made again later, may succeed and cannot make a second copy. */
  readonly retryable: boolean;
  /** Milliseconds to wait before another attempt. Undefined when the relay gave no hint. */
  readonly retryAfterMs?: number | undefined;
  readonly actor: Actor;
  /** Where it happened, such as `config`, `tls`, `auth`, `rcpt-to`, `end-of-data`. */
  readonly stage: string;
  readonly reply?: ServerReply | undefined;
  /** What a person does next, as a sentence. */
  readonly remedy: string;
  /** All that is wrong with the input, where the input is the cause. */
  readonly issues?: readonly Issue[] | undefined;
  /** Recipients and their replies, where the relay refused all of them. */
  readonly rejected?: readonly RejectedRecipient[] | undefined;
}

export interface RejectedRecipient {
  readonly address: string;
  /** True when the relay's answer was a permanent one (5xx). */
  readonly permanent: boolean;
  readonly reply?: ServerReply | undefined;
}
