import type { WebhookFailureCode } from "@getfluxly/email-core";

/** A request in a relay's shape, with what an adapter must make of it. Plain JSON, so that it can be kept in a file. */
export interface WebhookCase {
  /** Such as `postmark/bounce-hardbounce`. */
  readonly id: string;
  readonly method: string;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The exact text of the body. */
  readonly body: string;
  readonly expected: {
    /** In order. Only what is written down is compared; lists and `metadata` whole; null is null. */
    readonly events: readonly Readonly<Record<string, unknown>>[];
    /** All of them. */
    readonly failures: readonly { readonly index: number; readonly code: WebhookFailureCode }[];
    readonly control?: Readonly<Record<string, unknown>>;
  };
}
