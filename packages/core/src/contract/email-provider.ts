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
  sendBatch?(messages: AsyncIterable<PreparedMessage>, options: SendOptions): AsyncIterable<BatchOutcome>;
  /** Frees all connections; resolves also when called again. */
  close(): Promise<void>;
}

export interface BatchEmailProvider extends EmailProvider {
  sendBatch(messages: AsyncIterable<PreparedMessage>, options: SendOptions): AsyncIterable<BatchOutcome>;
}
