/** How a connector uses its relay. For operators and presets, never from a tenant's settings. */
export interface DeliveryOptions {
  /** Connections at the same time, those that are opening or closing included. Default 5. */
  readonly maxConnections?: number | undefined;
  /** After so many, a connection is replaced. Default 1000; a relay's own LIMITS (RFC 9422) may lower it. */
  readonly maxMessagesPerConnection?: number | undefined;
  /** Older connections are replaced. Default 10 minutes. */
  readonly maxConnectionAgeMs?: number | undefined;
  /** A connection without work is closed after this time. Default 30 s. */
  readonly idleTimeoutMs?: number | undefined;
  /** Calls of `send` that may wait for a connection; one more rejects with `queue-full`. Default 10,000. */
  readonly maxQueued?: number | undefined;
  /** No more than so many messages in any span of `perMs`. Default: no limit. */
  readonly rate?: { readonly messages: number; readonly perMs: number } | undefined;
  /**
   * Whether the envelope of the next message may leave together with the content of this one, where the relay
   * announces PIPELINING (RFC 2920). Default true; it is given up by itself with a relay that cannot cope.
   */
  readonly lookAhead?: boolean | undefined;
}
