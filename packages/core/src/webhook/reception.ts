import type { Authenticity, WebhookContent, WebhookRequest } from "../contract/index.js";
import type { WebhookError } from "./webhook-error.js";

/** A request that proved its origin. These octets are what to store; `parse` can wait, and can be called again. */
export interface AuthenticWebhook {
  readonly request: WebhookRequest;
  readonly authenticity: Authenticity;
  /** Never rejects. The same octets give the same events with the same ids. */
  parse(): Promise<WebhookContent>;
}

/** What to answer: always `status` and `headers`; there is no body. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * - `received`: authentic, and stored if `store` was given. Process it now or later.
 * - `replayed`: authentic and received before. Answered like the first time, and nothing to do.
 * - `probe`: HEAD or GET, by which relays and people look whether somebody is there. Nothing to do.
 * - `refused`: not authentic, too large, or not a POST. Nothing of it may be believed.
 * - `unavailable`: our side failed: storing, a download, the configuration. The relay tries again; tell an operator.
 */
export type Reception =
  | (Answer & AuthenticWebhook & { readonly outcome: "received" })
  | (Answer & { readonly outcome: "replayed" | "probe" })
  | (Answer & { readonly outcome: "refused"; readonly error: WebhookError })
  | (Answer & { readonly outcome: "unavailable"; readonly error: unknown });
