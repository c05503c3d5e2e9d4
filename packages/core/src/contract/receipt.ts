import type { Failure, RejectedRecipient } from "./failure.js";

/** What `send` resolves to: the relay took the message over for at least one recipient. Never a delivery. */
export interface Receipt {
  /** Our Message-ID as it stands in the header, without angle brackets. */
  readonly messageId: string;
  /** The relay's own id of the message (a queue id, or the id its webhooks carry), where it told one. */
  readonly relayMessageId?: string | undefined;
  readonly accepted: readonly string[];
  readonly rejected: readonly RejectedRecipient[];
  /** The relay's last reply, as text. */
  readonly response: string;
  readonly warnings: readonly string[];
}

/** One message's outcome; `index` counts the messages as they went into `sendBatch`, from 0. */
export type BatchOutcome =
  | { readonly status: "sent"; readonly index: number; readonly receipt: Receipt }
  | { readonly status: "failed"; readonly index: number; readonly failure: Failure };
