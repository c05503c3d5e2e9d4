import { type BenchMessage, createBenchMessage } from "./bench-message.js";
import type { MessageKind } from "./message-kind.js";

/** How long a source goes on: so many messages, or until the time is over and at least that many were taken. */
export type Budget = { readonly messages: number } | { readonly ms: number; readonly minimum: number };

export interface MessageSourceOptions {
  readonly kind: MessageKind;
  readonly budget: Budget;
  /** The sequence number to begin with. */
  readonly first: number;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Called with each number before its message is made. */
  readonly onTaken: (sequence: number) => void;
}

/** Makes each message when it is asked for. The time runs from the first one. */
export function* createMessageSource(
  options: MessageSourceOptions,
): Generator<BenchMessage, void, undefined> {
  const { kind, budget, first, now, onTaken } = options;
  const startedAt = now();
  const goesOn = (taken: number) =>
    "messages" in budget ? taken < budget.messages : taken < budget.minimum || now() - startedAt < budget.ms;
  for (let taken = 0; goesOn(taken); taken++) {
    onTaken(first + taken);
    yield createBenchMessage(kind, first + taken);
  }
}
