import type {
  BatchEmailProvider,
  BatchOptions,
  Failure,
  PreparedMessage,
  Receipt,
} from "../contract/index.js";
import { EmailError, type EmailErrorCode, isEmailError } from "../errors/index.js";
import { checkReceipt } from "./check-receipt.js";
import { type ConnectorHabits, createSendCall } from "./create-send-call.js";
import { runCall } from "./run-call.js";
import type { Consignment } from "./send-many.js";

/** A message that the connector has, and the ways to answer for it. */
interface Entry {
  readonly beforeHandover: () => Promise<void>;
  resolve(receipt: Receipt): void;
  reject(error: unknown): void;
  told?: Promise<void>;
}

/** Lets the connector's own batch carry the messages. Each has the deadline of a single one; missing it ends them all. */
export async function deliverNatively(
  sendBatch: BatchEmailProvider["sendBatch"],
  options: BatchOptions,
  habits: ConnectorHabits,
  consignments: AsyncIterable<Consignment>,
  stop: AbortController,
): Promise<void> {
  const { timeoutMs = 300_000, beforeHandover, onProgress: _ours, ...others } = options;
  // By the connector's count, and only those without an answer: a batch may have millions of messages.
  const entries = new Map<number, Entry>();
  let count = 0;
  async function* hand(): AsyncGenerator<PreparedMessage> {
    for await (const { message, index, tell } of consignments) {
      const own = count++;
      const call = createSendCall(
        { timeoutMs, signal: stop.signal, beforeHandover: beforeHandover && (() => beforeHandover(index)) },
        habits,
      );
      let entry: Entry | undefined;
      const told = tell(
        runCall(call, (signal) => {
          signal.addEventListener("abort", () => stop.abort(signal.reason));
          return new Promise<Receipt>((resolve, reject) => {
            entry = { resolve, reject, beforeHandover: call.toOptions(signal).beforeHandover };
            entries.set(own, entry);
          });
        }),
      );
      if (entry) entry.told = told;
      if (stop.signal.aborted) return;
      yield message;
    }
  }
  try {
    for await (const outcome of sendBatch(hand(), {
      ...others,
      timeoutMs,
      signal: stop.signal,
      beforeHandover: async (index) => entries.get(index)?.beforeHandover(),
    })) {
      const entry = entries.get(outcome.index);
      try {
        if (outcome.status === "sent") entry?.resolve(checkReceipt(outcome.receipt));
        else entry?.reject(toError(outcome.failure));
      } catch (error) {
        entry?.reject(error);
      }
      // The consumer hears of it before the connector gets to ask for more.
      await entry?.told;
      entries.delete(outcome.index);
    }
    throw new TypeError("The connector left the batch.");
  } catch (error) {
    // To those that have their answer it means nothing.
    for (const { reject } of entries.values()) reject(error);
    throw error;
  }
}

/** The code may be one that a newer version of this package has added. */
function toError(failure: Failure): EmailError {
  return isEmailError(failure)
    ? failure
    : new EmailError({ ...failure, code: failure.code as EmailErrorCode });
}
