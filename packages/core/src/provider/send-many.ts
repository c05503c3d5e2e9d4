import type { BatchOptions, BatchOutcome, EmailMessage, PreparedMessage } from "../contract/index.js";
import { mapProviderFailure } from "./map-provider-failure.js";
import { onAbort } from "./on-abort.js";
import { toEndError } from "./to-end-error.js";

/** One message that was read, and the way to say what became of it, once. */
export interface Consignment {
  readonly message: PreparedMessage;
  /** Its place in the source. */
  readonly index: number;
  settle(outcome: BatchOutcome): void;
}

/** Reads the messages one by one; each is taken up as `take` gets it, and is under way until it settles. */
export type Consignments = <T>(take: (consignment: Consignment) => T) => AsyncIterable<T>;

export interface Batch {
  readonly signal: AbortSignal | undefined;
  readonly onProgress: BatchOptions["onProgress"];
  prepare(message: EmailMessage): PreparedMessage;
  /** Throws when no more messages are to be read. */
  checkOpen(): void;
  /** Settles every message it takes, soon after `stop` was aborted at the latest. Rejects if it gives up. */
  deliver(consignments: Consignments, stop: AbortController): Promise<void>;
  /** Makes close wait until the result is called. */
  hold(): () => void;
}

/**
 * One outcome for every message that was taken up. When the batch ends early (abort, close, a connector that gives up, a
 * source that throws), the outcomes of the messages under way come first; then it throws, unless all were read. So a
 * message without an outcome was not sent.
 */
export async function* sendMany(
  messages: Iterable<EmailMessage> | AsyncIterable<EmailMessage>,
  batch: Batch,
): AsyncGenerator<BatchOutcome, void, undefined> {
  batch.checkOpen();
  const source =
    Symbol.asyncIterator in messages ? messages[Symbol.asyncIterator]() : messages[Symbol.iterator]();
  const stop = new AbortController();
  const { signal } = stop;
  const end = () => stop.abort(batch.signal?.reason);
  const forget = batch.signal && onAbort(batch.signal, end);
  if (batch.signal?.aborted) end();
  const ready: BatchOutcome[] = [];
  const waiting: (() => void)[] = [];
  const totals = { read: 0, sent: 0, failed: 0 };
  let underWay = 0;
  let release = () => {};
  let isRead = false;
  let isOver = false;
  let unread: { readonly error: unknown } | undefined;

  const change = () => new Promise<void>((resolve) => waiting.push(resolve));
  const announce = () => {
    for (const resume of waiting.splice(0)) resume();
  };
  const begin = () => {
    if (underWay++ === 0) release = batch.hold();
  };
  const settle = (outcome: BatchOutcome) => {
    ready.push(outcome);
    if (--underWay === 0) release();
    announce();
  };
  async function* feed<T>(take: (consignment: Consignment) => T): AsyncGenerator<T> {
    try {
      for (let index = 0; ; index++) {
        // A consumer that pauses, pauses the batch.
        while (ready.length > 0 && !signal.aborted) await change();
        batch.checkOpen();
        if (signal.aborted) return;
        const next = await source.next();
        isRead = next.done === true;
        if (next.done || signal.aborted) return;
        totals.read++;
        let message: PreparedMessage;
        try {
          message = batch.prepare(next.value);
        } catch (error) {
          begin();
          settle({ status: "failed", index, failure: mapProviderFailure(error, "send", "unknown") });
          continue;
        }
        // The getters of a message may do anything.
        if (signal.aborted) return;
        begin();
        yield take({ message, index, settle });
      }
    } catch (error) {
      unread = { error };
    }
  }

  signal.addEventListener("abort", announce);
  if (!signal.aborted) {
    batch
      .deliver(feed, stop)
      .catch((error: unknown) => {
        unread ??= { error: mapProviderFailure(error, "send", "not_sent") };
      })
      .then(() => {
        isOver = true;
        announce();
      });
  }
  try {
    for (;;) {
      for (let outcome = ready[0]; outcome; outcome = ready[0]) {
        yield outcome;
        ready.shift();
        totals[outcome.status]++;
        batch.onProgress?.({ ...totals });
      }
      announce();
      if (underWay === 0 && (isOver || signal.aborted)) break;
      await change();
    }
    if (!isRead)
      throw unread
        ? unread.error
        : toEndError({ stage: "send", certaintyNow: () => "not_sent" }, signal.reason);
  } finally {
    forget?.();
    stop.abort();
    // Not awaited: a source that is stuck would keep the loop from ending.
    if (!isRead) (async () => source.return?.())().catch(() => {});
  }
}
