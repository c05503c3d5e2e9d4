import type { Certainty } from "../contract/index.js";

/** What `runCall` needs to know of a call into a connector. */
export interface Call {
  readonly stage: string;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  /** Of a failure that the connector does not explain. */
  readonly certainty: Certainty;
  /** Of a call that ends while the connector says nothing. */
  certaintyNow(): Certainty;
  /** The error behind a connector's error, where we know better. */
  explain(error: unknown): unknown;
}
