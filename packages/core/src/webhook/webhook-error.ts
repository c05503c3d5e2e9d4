import type { Actor } from "../contract/index.js";

const marker = Symbol.for("getfluxly.email.webhook-error");

/**
 * Why a request is not believed. Each has a page in docs/reference/errors, as `webhook-<reason>`. Nobody has to be called
 * for one: whoever can reach the address can cause them, all but `misconfigured`.
 */
export const webhookErrorReasons = {
  missing: {
    actor: "relay",
    retryable: false,
    remedy: "Set up signing, or the shared secret, at the relay as the connector's page says.",
  },
  malformed: {
    actor: "relay",
    retryable: false,
    remedy: "Nothing to repair, unless the relay itself sent it: then a proxy in between changes requests.",
  },
  mismatch: {
    actor: "configuration",
    retryable: false,
    remedy:
      "If the relay sent it: enter its current key or secret, and hand over the body's bytes as they came.",
  },
  stale: {
    actor: "relay",
    retryable: false,
    remedy: "If the relay sent it: set this machine's clock, or widen the window.",
  },
  replayed: { actor: "relay", retryable: false, remedy: "Nothing to repair: it was received before." },
  misconfigured: { actor: "operator", retryable: false, remedy: "Correct what the message names." },
} as const satisfies Record<string, { actor: Actor; retryable: boolean; remedy: string }>;

export type WebhookErrorReason = keyof typeof webhookErrorReasons;

export interface WebhookErrorOptions {
  readonly remedy?: string | undefined;
  /** Answered instead of `answers.refused`, such as 413 for a body that is too large. */
  readonly status?: number | undefined;
  /** Answered with 401 as `WWW-Authenticate`: some senders show their credentials only when asked. */
  readonly challenge?: string | undefined;
  readonly cause?: unknown;
}

/**
 * A request that is not believed, or a receiver that cannot believe any. Its text never repeats a secret or a signature.
 * Recognise it with `isWebhookError`, which also works across two copies of this package; `instanceof` does not.
 */
export class WebhookError extends Error {
  declare readonly reason: WebhookErrorReason;
  /** `webhook-<reason>`. */
  declare readonly code: `webhook-${WebhookErrorReason}`;
  declare readonly actor: Actor;
  declare readonly retryable: boolean;
  declare readonly remedy: string;
  declare readonly status?: number | undefined;
  declare readonly challenge?: string | undefined;

  constructor(reason: WebhookErrorReason, message: string, options: WebhookErrorOptions = {}) {
    const { cause, ...own } = options;
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(
      this,
      { name: "WebhookError", reason, code: `webhook-${reason}` },
      webhookErrorReasons[reason],
      own,
    );
    Object.defineProperty(this, marker, { value: true });
  }

  /** Without stack and cause. */
  toJSON(): Record<string, unknown> {
    const { name, message, code, reason, actor, retryable, remedy } = this;
    return { name, message, code, reason, actor, retryable, remedy };
  }
}

/** Whether a thrown value is of this family, whichever copy of the package made it. */
export function isWebhookError(value: unknown): value is WebhookError {
  return typeof value === "object" && value !== null && marker in value;
}
