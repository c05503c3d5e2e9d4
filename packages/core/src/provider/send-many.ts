import type {
  BatchOptions,
  BatchOutcome,
  EmailMessage,
  PreparedMessage,
  Receipt,
} from "../contract/index.js";
import { mapProviderFailure } from "./map-provider-failure.js";
import { onAbort } from "./on-abort.js";
import { toEndError } from "./to-end-error.js";

/** One message that was read, with the way to say what becomes of it; `tell` resolves when that has settled. */
export interface Consignment {
  readonly message: PreparedMessage;
  /** Its place in the source. */
  readonly index: number;
  tell(receipt: Promise<Receipt>): Promise<void>;
}

export interface Batch {
  readonly signal: AbortSignal | undefined;
  readonly onProgress: BatchOptions["onProgress"];
  prepare(message: EmailMessage): PreparedMessage;
  /** Throws when no more messages are to be read. */
  checkOpen(): void;
  /** Tells about every message it takes; what it tells settles soon after `stop` was aborted. Rejects if it gives up. */
  deliver(consignments: AsyncIterable<Consignment>, stop: AbortController): Promise<void>;
  /** Makes close wait for it. */
  track<T>(promise: Promise<T>): Promise<T>;
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
  let isRead = false;
  let isOver = false;
  let unread: { readonly error: unknown } | undefined;

  const change = () => new Promise<void>((resolve) => waiting.push(resolve));
  const announce = () => {
    for (const resume of waiting.splice(0)) resume();
  };
  const tell = async (index: number, receipt: Promise<Receipt>) => {
    underWay++;
    try {
      ready.push({ status: "sent", index, receipt: await batch.track(receipt) });
    } catch (error) {
      ready.push({ status: "failed", index, failure: mapProviderFailure(error, "send", "unknown") });
    }
    underWay--;
    announce();
  };
  async function* feed(): AsyncGenerator<Consignment> {
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
        try {
          const message = batch.prepare(next.value);
          yield { message, index, tell: (receipt) => tell(index, receipt) };
        } catch (error) {
          tell(index, Promise.reject(error));
        }
      }
    } catch (error) {
      unread = { error };
    }
  }

  signal.addEventListener("abort", announce);
  if (!signal.aborted) {
    batch
      .deliver(feed(), stop)
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
