/**
 * - `accepted`: the relay has it; says nothing about delivery. `deferred`: not yet, the relay goes on (carries `bounce`).
 *   `delivered`: the other server took it.
 * - `bounced`: tried and given up. `rejected`: the relay refused to try. `failed`: a fault of the relay or of our request.
 * - `opened`, `clicked`: engagement; never moves the delivery status.
 * - `complained`: a person pressed the spam button. `unsubscribed`, `resubscribed`: the person opted out or in, within
 *   `subscription.scope`. `suppressed`, `unsuppressed`: the relay's list changed; the bounce behind it is its own event.
 * - `autoreplied`: vacation, address change, challenge; never a bounce. `other`: anything else, kept with `nativeType`.
 */
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

export type BounceSeverity = "permanent" | "temporary" | "unknown";

/** Whose matter it is. Only `recipient` and `unknown` speak against the address. */
export type BounceScope = "recipient" | "message" | "sender" | "network" | "unknown";

export interface Bounce {
  readonly severity: BounceSeverity;
  readonly category: BounceCategory;
  readonly scope: BounceScope;
  /** `none`: nothing spoke, and the conclusion is `unknown`. */
  readonly inferred: { readonly severity: InferenceSource; readonly category: InferenceSource };
}

/** `count`: suppress after several within a window. `unsubscribe`: only within `subscription.scope`. */
export type SuppressionAdvice = "suppress" | "count" | "unsubscribe" | "lift" | "none";

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
  /** The other server's reply. `status` after RFC 3463, such as `5.1.1`; codes that a relay invented are not repeated. */
  readonly smtp?:
    | { readonly code: number | null; readonly status: string | null; readonly text: string | null }
    | undefined;
  readonly bounce?: Bounce | undefined;
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
  readonly suppression: { readonly advice: SuppressionAdvice };
  readonly attempt?: number | undefined;
  readonly stream?: string | undefined;
  readonly tags: readonly string[];
  /** Without a prototype. */
  readonly metadata: Readonly<Record<string, string>>;
  /** True for events that a relay's test button made. */
  readonly test: boolean;
  /** The relay's item as it came. Not enumerable, so it is in no JSON and no copy. */
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
