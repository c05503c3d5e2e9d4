import type { Certainty } from "../contract/index.js";
import { mapProviderFailure } from "./map-provider-failure.js";
import { type EndCode, toEndError } from "./to-end-error.js";

export interface Call {
  readonly stage: string;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  /** Of a failure that the connector does not explain. */
  readonly certainty: Certainty;
  /** Of a call that ends while the connector says nothing. */
  certaintyNow(): Certainty;
  /** The error behind a connector's error, where we know better. */
  explain(error: unknown): unknown;
}

/** Beyond it, timers fire at once. */
export const longestTimerMs = 2 ** 31 - 1;

/** Leaves most of the 50 ms, in which an abort must settle the call, to a busy machine. */
export const graceMs = 20;

/**
 * Runs a connector's work under the caller's signal and a deadline. When either ends it, the connector has `graceMs` to
 * say how far it came: a result is still a result, an `EmailError` gives its certainty. Rejects with `EmailError` only.
 */
export async function runCall<T>(call: Call, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal, stage } = call;
  if (signal?.aborted) throw toEndError({ ...call, certaintyNow: () => "not_sent" }, "aborted");
  const controller = new AbortController();
  let code: EndCode | undefined;
  let giveUp = (_: { readonly error?: unknown }) => {};
  const silence = new Promise<{ readonly error?: unknown }>((resolve) => {
    giveUp = resolve;
  });
  const end = (by: EndCode) => {
    code ??= by;
    controller.abort(signal?.reason);
    setTimeout(giveUp, graceMs, {});
  };
  const onAbort = () => end("aborted");
  signal?.addEventListener("abort", onAbort);
  const timer = setTimeout(end, call.timeoutMs, "timed-out");
  // Never rejects: what the connector says too late is not an unhandled rejection.
  const outcome = (async () => work(controller.signal))().then(
    (value) => ({ value }),
    (error: unknown) => ({ error: call.explain(error) }),
  );
  const first = await Promise.race([outcome, silence]);
  clearTimeout(timer);
  signal?.removeEventListener("abort", onAbort);
  if ("value" in first) return first.value;
  throw code ? toEndError(call, code, first.error) : mapProviderFailure(first.error, stage, call.certainty);
}
