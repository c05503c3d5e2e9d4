import type { BatchEmailProvider, BatchOptions, BatchOutcome, Failure } from "../contract/index.js";
import { EmailError, type EmailErrorCode, isEmailError } from "../errors/index.js";
import { checkReceipt } from "./check-receipt.js";
import { type ConnectorHabits, createSendCall, type SendCall } from "./create-send-call.js";
import { createSequence } from "./create-sequence.js";
import { mapProviderFailure } from "./map-provider-failure.js";
import { graceMs, longestTimerMs } from "./run-call.js";
import type { Consignment, Consignments } from "./send-many.js";
import { toEndError } from "./to-end-error.js";
import { toTimeoutError } from "./to-timeout-error.js";

/** A message that the connector has. */
interface Entry {
  readonly consignment: Consignment;
  readonly call: SendCall;
  readonly dueAt: number;
}

/**
 * Lets the connector's own batch carry the messages. Each has the deadline of a single one; missing it ends them all. One
 * signal and one timer serve all of them: those of a million messages would cost more than the messages.
 */
export async function deliverNatively(
  sendBatch: BatchEmailProvider["sendBatch"],
  options: BatchOptions,
  habits: ConnectorHabits,
  consignments: Consignments,
  stop: AbortController,
): Promise<void> {
  const { timeoutMs = 300_000, beforeHandover, onProgress: _ours, ...others } = options;
  const { signal } = stop;
  // By the connector's count, and only those without an answer: a batch may have millions of messages.
  const entries = createSequence<Entry>();
  let deadline: ReturnType<typeof setTimeout> | undefined;
  let grace: ReturnType<typeof setTimeout> | undefined;

  const settle = (own: number, toOutcome: (entry: Entry) => BatchOutcome) => {
    const entry = entries.take(own);
    if (entry) entry.consignment.settle(toOutcome(entry));
  };
  const fail = (own: number, error?: unknown) =>
    settle(own, ({ call, consignment: { index } }) => {
      const known = call.explain(error);
      const failure = signal.aborted
        ? toEndError(call, signal.reason, known)
        : mapProviderFailure(known, call.stage, call.certainty);
      return { status: "failed", index, failure };
    });
  const failAll = (error?: unknown) => {
    for (const own of entries.numbers()) fail(own, error);
  };
  /** The first entry is the oldest, and all have the same time. */
  const watch = () => {
    deadline = undefined;
    const oldest = entries.first();
    if (!oldest) return;
    const remainingMs = oldest.dueAt - performance.now();
    if (remainingMs > 0) deadline = setTimeout(watch, Math.min(remainingMs, longestTimerMs));
    else stop.abort(toTimeoutError("send", timeoutMs));
  };
  const messages = consignments((consignment) => {
    const { index } = consignment;
    const call = createSendCall(
      { timeoutMs, signal, beforeHandover: beforeHandover && (() => beforeHandover(index)) },
      habits,
    );
    entries.add({ consignment, call, dueAt: performance.now() + timeoutMs });
    if (deadline === undefined) watch();
    return consignment.message;
  });

  signal.addEventListener("abort", () => {
    grace = setTimeout(failAll, graceMs);
  });
  try {
    for await (const outcome of sendBatch(messages, {
      ...others,
      timeoutMs,
      signal,
      beforeHandover: async (own) => entries.get(own)?.call.toOptions(signal).beforeHandover(),
    })) {
      // The consumer hears of it before the connector gets to ask for more.
      try {
        if (outcome.status === "failed") throw toError(outcome.failure);
        const receipt = checkReceipt(outcome.receipt);
        settle(outcome.index, ({ consignment: { index } }) => ({ status: "sent", index, receipt }));
      } catch (error) {
        fail(outcome.index, error);
      }
    }
    throw new TypeError("The connector left the batch.");
  } catch (error) {
    // To those that have their answer it means nothing.
    failAll(error);
    throw error;
  } finally {
    clearTimeout(deadline);
    clearTimeout(grace);
  }
}

/** The code may be one that a newer version of this package has added. */
function toError(failure: Failure): EmailError {
  return isEmailError(failure)
    ? failure
    : new EmailError({ ...failure, code: failure.code as EmailErrorCode });
}
