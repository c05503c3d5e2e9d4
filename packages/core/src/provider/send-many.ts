import type { BatchOutcome, Certainty, EmailMessage, PreparedMessage } from "../contract/index.js";
import { EmailError } from "../errors/index.js";
import { mapProviderFailure } from "./map-provider-failure.js";
import { type Call, graceMs } from "./run-call.js";
import { toCheckedOutcome } from "./to-checked-outcome.js";
import { type EndCode, toEndError } from "./to-end-error.js";

export interface Batch extends Call {
  /** What the connector does with the messages; its indices count what it was given. */
  run(messages: AsyncIterable<PreparedMessage>, signal: AbortSignal): AsyncIterable<BatchOutcome>;
  prepare(message: EmailMessage): PreparedMessage;
  /** Throws when no more messages are to be read. */
  checkOpen(): void;
  /** While the batch runs: what brings the messages under way to their outcomes, whether or not a consumer asks. */
  readonly drains: Set<() => Promise<void>>;
}

/**
 * One outcome for every message that was read. When the batch ends early (abort, deadline, close, a connector that gives
 * up, a source that throws), the outcomes of the messages under way come first; then it throws, unless all were read. So
 * a message without an outcome was not sent.
 */
export async function* sendMany(
  messages: Iterable<EmailMessage> | AsyncIterable<EmailMessage>,
  batch: Batch,
): AsyncGenerator<BatchOutcome, void, undefined> {
  const { signal, stage } = batch;
  const source =
    Symbol.asyncIterator in messages ? messages[Symbol.asyncIterator]() : messages[Symbol.iterator]();
  const controller = new AbortController();
  const indices: number[] = [];
  const underWay = new Map<number, ReturnType<typeof setTimeout>>();
  const ready: BatchOutcome[] = [];
  let outcomes: AsyncIterator<BatchOutcome> | undefined;
  let pulling: Promise<void> | undefined;
  let isRead = false;
  let isOver = false;
  let wake = () => {};
  let thrown: unknown;
  let unread: { readonly error: unknown } | undefined;
  let explain = (certainty: Certainty): EmailError =>
    thrown === undefined
      ? new EmailError({
          code: "provider-failed",
          stage,
          certainty,
          message: "The connector left the batch.",
        })
      : mapProviderFailure(thrown, stage, certainty);

  const finish = (error?: unknown) => {
    thrown = batch.explain(error);
    isOver = true;
    wake();
  };
  const settle = (outcome: BatchOutcome) => {
    clearTimeout(underWay.get(outcome.index));
    underWay.delete(outcome.index);
    ready.push(outcome);
    wake();
  };
  const fail = (index: number, failure: EmailError) => settle({ status: "failed", index, failure });
  const end = (code: EndCode) => {
    if (controller.signal.aborted) return;
    explain = (certainty) => toEndError({ ...batch, certaintyNow: () => certainty }, code, thrown);
    controller.abort(signal?.reason);
    // Longer than a single call has, so that calls inside the batch can tell their certainty.
    setTimeout(finish, 2 * graceMs);
  };
  const onAbort = () => end("aborted");

  async function* feed(): AsyncGenerator<PreparedMessage> {
    try {
      for (let index = 0; ; index++) {
        batch.checkOpen();
        const next = await source.next();
        isRead = next.done === true;
        if (next.done || controller.signal.aborted) return;
        let message: PreparedMessage;
        try {
          message = batch.prepare(next.value);
        } catch (error) {
          fail(index, mapProviderFailure(error, stage, "not_sent"));
          continue;
        }
        indices.push(index);
        underWay.set(index, setTimeout(end, batch.timeoutMs, "timed-out"));
        yield message;
      }
    } catch (error) {
      unread = { error };
    }
  }

  const pull = () => {
    pulling ??= (async () => {
      try {
        outcomes ??= batch.run(feed(), controller.signal)[Symbol.asyncIterator]();
        const { done, value } = await outcomes.next();
        if (done) return finish();
        // What was told before, or about a message it was never given, is not news.
        const index = indices[value.index] ?? -1;
        if (underWay.has(index)) settle(toCheckedOutcome(value, index));
      } catch (error) {
        finish(error);
      } finally {
        pulling = undefined;
        wake();
      }
    })();
    return pulling;
  };
  const drain = async () => {
    while (underWay.size > 0 && !isOver) await pull();
  };

  try {
    batch.checkOpen();
    signal?.addEventListener("abort", onAbort);
    if (signal?.aborted) {
      onAbort();
      finish();
    }
    batch.drains.add(drain);
    for (;;) {
      for (let outcome = ready.shift(); outcome; outcome = ready.shift()) yield outcome;
      if (isOver) break;
      pull();
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const certainty = controller.signal.aborted ? batch.certaintyNow() : "unknown";
    for (const index of underWay.keys()) fail(index, explain(certainty));
    yield* ready;
    if (!isRead) throw unread ? unread.error : explain("not_sent");
  } finally {
    batch.drains.delete(drain);
    signal?.removeEventListener("abort", onAbort);
    for (const timer of underWay.values()) clearTimeout(timer);
    controller.abort();
    const leave = async (iterator: { return?(): unknown } | undefined) => iterator?.return?.();
    await Promise.race([
      Promise.allSettled([leave(isRead ? undefined : source), leave(outcomes)]),
      new Promise((resolve) => setTimeout(resolve, graceMs)),
    ]);
  }
}
