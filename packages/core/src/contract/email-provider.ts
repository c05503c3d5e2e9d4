import type { PreparedMessage } from "./prepared-message.js";
import type { BatchOutcome, Receipt } from "./receipt.js";

export interface SendOptions {
  /** Settles the call within 50 ms, with code `aborted` and the certainty at that moment. */
  readonly signal?: AbortSignal | undefined;
  /** For the whole call, the relay's final reply included. */
  readonly timeoutMs?: number | undefined;
  /** Needs the capability `idempotencyKey`. */
  readonly idempotencyKey?: string | undefined;
  /**
   * Awaited when the relay is ready for the body (354) and before its first byte leaves: where an outbox commits
   * `sending`. When it rejects, nothing is sent and the call rejects with code `handover-refused`.
   */
  readonly beforeHandover?: (() => Promise<void>) | undefined;
}

/** How far a batch is. */
export interface BatchProgress {
  /** Messages taken from the source. */
  readonly read: number;
  readonly sent: number;
  readonly failed: number;
}

export interface BatchOptions {
  /** Ends the batch; the outcomes of the messages under way still come. */
  readonly signal?: AbortSignal | undefined;
  /** For each message, from when it was read. */
  readonly timeoutMs?: number | undefined;
  /** For the batch as a whole. Needs the capability `idempotencyKey`. */
  readonly idempotencyKey?: string | undefined;
  /** As in `SendOptions`; it is told which message by its place in the source, from 0. */
  readonly beforeHandover?: ((index: number) => Promise<void>) | undefined;
  /** Called after each outcome that the consumer has taken, with the totals until then. */
  readonly onProgress?: ((progress: BatchProgress) => void) | undefined;
}

export interface CloseOptions {
  /** Ends running calls as well: each settles with the certainty of that moment. Default: they may finish. */
  readonly force?: boolean | undefined;
}

export interface VerifyOptions {
  /**
   * `connect` (default): up to the login. `dry_run`: on to MAIL FROM, RCPT TO and RSET, or what comes nearest to it at
   * this relay. No mode sends a message.
   */
  readonly mode?: "connect" | "dry_run" | undefined;
  /** The recipient of the dry run. Default: the sender's own address. */
  readonly recipient?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

export interface Verification {
  /** True only after the relay accepted our credentials. False means "reachable", never "verified". */
  readonly authenticated: boolean;
  readonly encrypted: boolean;
  readonly warnings: readonly string[];
  readonly observedLimits?: { readonly maxMessageBytes?: number | undefined } | undefined;
}

/**
 * What a connector's author implements. Every rejection should be an `EmailError`; anything else reaches the host as
 * code `provider-failed` with certainty `unknown`, because nobody can tell what happened to the message.
 */
export interface EmailProvider {
  /** Resolves only if what was asked for is proven. Sends no message. */
  verify(options: VerifyOptions): Promise<Verification>;
  /** Resolves when at least one recipient was accepted; calls `beforeHandover` before the first body byte. */
  send(message: PreparedMessage, options: SendOptions): Promise<Receipt>;
  /** One outcome per message, in any order, as they complete. Required where `capabilities.batch` is not false. */
  sendBatch?(messages: AsyncIterable<PreparedMessage>, options: BatchOptions): AsyncIterable<BatchOutcome>;
  /** Frees all connections; resolves also when called again, and with `force` at once. */
  close(options?: CloseOptions): Promise<void>;
}

export interface BatchEmailProvider extends EmailProvider {
  sendBatch(messages: AsyncIterable<PreparedMessage>, options: BatchOptions): AsyncIterable<BatchOutcome>;
}
