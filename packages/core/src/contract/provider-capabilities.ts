/** What a connector can carry, readable without running it. What is `false` is refused, never silently dropped. */
export interface ProviderCapabilities {
  readonly batch: false | { readonly maxMessages?: number | undefined };
  readonly tags: false | { readonly maxCount?: number | undefined };
  readonly metadata: false | { readonly maxCount?: number | undefined };
  readonly idempotencyKey: boolean;
}

/** Everything off; authors spread it, so that a new capability breaks no connector. */
export const defaultCapabilities = {
  batch: false,
  tags: false,
  metadata: false,
  idempotencyKey: false,
} as const satisfies ProviderCapabilities;
