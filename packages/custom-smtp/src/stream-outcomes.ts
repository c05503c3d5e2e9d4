import type { BatchOutcome, PreparedMessage } from "@getfluxly/email-core";

import { createBag } from "./create-bag.js";

/** Calls back when the batch is to end; the result takes the callback away again. */
export type OnEnd = (callback: (reason: unknown) => void) => () => void;

/**
 * Reads messages and tells outcomes as they come, with at most `window` messages read and not yet told. What `send` is
 * still doing when the consumer leaves, or when the signal fires, hears of it by the `onEnd` that it got.
 */
export async function* streamOutcomes(
  messages: AsyncIterable<PreparedMessage>,
  send: (message: PreparedMessage, index: number, onEnd: OnEnd) => Promise<BatchOutcome>,
  { window, signal }: { readonly window: number; readonly signal: AbortSignal | undefined },
): AsyncGenerator<BatchOutcome, void, undefined> {
  const stop = new AbortController();
  const onAbort = () => stop.abort(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  if (signal?.aborted) onAbort();
  // One listener for all messages: Node keeps removed listeners linked to those that came later.
  const ends = createBag<(reason: unknown) => void>();
  // Several in one go: what the processor has done a moment ago costs it least.
  const refillAt = Math.floor((window * 3) / 5);
  const told: BatchOutcome[] = [];
  let underWay = 0;
  let isRead = false;
  let fault: { readonly error: unknown } | undefined;
  let wake = () => {};
  let room = () => {};
  const sleep = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });

  async function read(): Promise<void> {
    let index = 0;
    for await (const message of messages) {
      if (stop.signal.aborted) return;
      underWay += 1;
      send(message, index, ends.add).then((outcome) => {
        underWay -= 1;
        told.push(outcome);
        wake();
      });
      index += 1;
      while (underWay + told.length >= window && !stop.signal.aborted) {
        await new Promise<void>((resolve) => {
          room = resolve;
        });
      }
      if (stop.signal.aborted) return;
    }
  }

  stop.signal.addEventListener("abort", () => {
    for (const end of ends.items()) end(stop.signal.reason);
    room();
    wake();
  });
  read()
    .catch((error: unknown) => {
      fault = { error };
    })
    .finally(() => {
      isRead = true;
      wake();
    });
  try {
    for (;;) {
      for (let outcome = told.shift(); outcome; outcome = told.shift()) {
        yield outcome;
        if (underWay + told.length <= refillAt) room();
      }
      if (underWay === 0 && (isRead || stop.signal.aborted)) break;
      await sleep();
    }
    if (fault) throw fault.error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
    stop.abort(new Error("the batch was left"));
  }
}
