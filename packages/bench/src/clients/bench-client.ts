import type { BenchMessage } from "../messages/bench-message.js";

/** A library at work. */
export interface BenchClient {
  /** Resolves when all have a good outcome, each told as it comes; rejects at the first bad one. */
  sendAll(messages: Iterable<BenchMessage>, onOutcome: (sequence: number) => void): Promise<void>;
  close(): Promise<void>;
}
