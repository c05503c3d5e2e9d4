export type EmailEventType =
  | "accepted"
  | "deferred"
  | "delivered"
  | "bounced"
  | "rejected"
  | "failed"
  | "opened"
  | "clicked"
  | "complained"
  | "unsubscribed"
  | "resubscribed"
  | "suppressed"
  | "unsuppressed"
  | "autoreplied"
  | "other";

/** Where a conclusion comes from: the relay's own word, the RFC 3463 status, the SMTP code, words in the text. */
export type InferenceSource = "relay" | "status" | "code" | "text" | "none";

export type BounceCategory =
  | "invalid-recipient"
  | "invalid-domain"
  | "mailbox-full"
  | "mailbox-disabled"
  | "mailbox-unavailable"
  | "too-large"
  | "content"
  | "protocol"
  | "authentication"
  | "reputation"
  | "policy"
  | "sender-rejected"
  | "sender-unverified"
  | "rate-limited"
  | "connection"
  | "expired"
  | "loop"
  | "network"
  | "system"
  | "greylisted"
  | "unknown";

/** What became of a message, in one vocabulary for every relay. */
export interface EmailEvent {
  /** Idempotency key: the same event delivered twice has the same id. */
  readonly id: string;
  readonly type: EmailEventType | (string & {});
  /** The relay's words, coarse to fine, such as `Bounce/HardBounce`. */
  readonly nativeType: string;
  readonly relay: string;
  readonly scope: "recipient" | "account";
  readonly relayEventId: string | null;
  /** Equals `Receipt.relayMessageId`. */
  readonly relayMessageId: string | null;
  /** Our Message-ID without angle brackets. */
  readonly messageId: string | null;
  readonly correlationId: string | null;
  /** Null unless the relay names exactly one; then `recipients` lists the candidates. */
  readonly recipient: string | null;
  readonly recipients: readonly string[];
  readonly recipientCertainty: "exact" | "one-of" | "none";
  /** ISO 8601, UTC, milliseconds; null when unreadable, never "now". */
  readonly occurredAt: string | null;
  readonly smtp?:
    | { readonly code: number | null; readonly status: string | null; readonly text: string | null }
    | undefined;
  readonly bounce?:
    | {
        readonly severity: "permanent" | "temporary" | "unknown";
        readonly category: BounceCategory;
        readonly scope: "recipient" | "message" | "sender" | "network" | "unknown";
        readonly inferred: { readonly severity: InferenceSource; readonly category: InferenceSource };
      }
    | undefined;
  readonly reject?: { readonly reason: RejectReason; readonly text?: string | undefined } | undefined;
  /** `machine`: true or false only if the relay says so. */
  readonly engagement?:
    | {
        readonly url?: string | undefined;
        readonly userAgent?: string | undefined;
        readonly ip?: string | undefined;
        readonly first?: boolean | undefined;
        readonly machine: boolean | null;
      }
    | undefined;
  readonly subscription?:
    | {
        readonly scope: "global" | "group" | "stream";
        readonly id?: string | undefined;
        readonly origin?: "recipient" | "customer" | "admin" | undefined;
      }
    | undefined;
  readonly complaint?:
    | { readonly feedbackType?: string | undefined; readonly userAgent?: string | undefined }
    | undefined;
  /** What to do about the address; stands apart from the type, since not every permanent bounce is the address's fault. */
  readonly suppression: { readonly advice: "suppress" | "count" | "unsubscribe" | "lift" | "none" };
  readonly attempt?: number | undefined;
  readonly stream?: string | undefined;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  /** True for events that a relay's test button made. */
  readonly test: boolean;
  /** The relay's item as it came. */
  readonly raw: unknown;
}

export type RejectReason =
  | "previous-bounce"
  | "previous-complaint"
  | "unsubscribed"
  | "suppressed"
  | "manual"
  | "invalid-recipient"
  | "invalid-request"
  | "content"
  | "policy"
  | "quota"
  | "other";
