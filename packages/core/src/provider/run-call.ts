import type { Call } from "./call.js";
import { mapProviderFailure } from "./map-provider-failure.js";
import { onAbort } from "./on-abort.js";
import { toEndError } from "./to-end-error.js";
import { toTimeoutError } from "./to-timeout-error.js";

/** Leaves most of the 50 ms, in which an abort must settle the call, to a busy machine. */
export const graceMs = 20;

/** Beyond it, timers fire at once. */
export const longestTimerMs = 2 ** 31 - 1;

/**
 * Runs a connector's work under the caller's signal and a deadline. When either ends it, the connector has `graceMs` to
 * say how far it came: a result is still a result, an `EmailError` gives its certainty. Rejects with `EmailError` only.
 */
export async function runCall<T>(call: Call, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal, stage, timeoutMs } = call;
  if (signal?.aborted) throw toEndError({ stage, certaintyNow: () => "not_sent" }, signal.reason);
  const controller = new AbortController();
  const ended = controller.signal;
  const forget = signal && onAbort(signal, () => controller.abort(signal.reason));
  const expire = () => controller.abort(toTimeoutError(stage, timeoutMs));
  const timer = setTimeout(expire, Math.min(timeoutMs, longestTimerMs));
  try {
    // What the connector says too late settles a promise that is settled: no unhandled rejection.
    return await new Promise<T>((resolve, reject) => {
      const fail = (error?: unknown) => {
        const known = call.explain(error);
        reject(
          ended.aborted
            ? toEndError(call, ended.reason, known)
            : mapProviderFailure(known, stage, call.certainty),
        );
      };
      ended.addEventListener("abort", () => setTimeout(fail, graceMs));
      (async () => work(ended))().then(resolve, fail);
    });
  } finally {
    clearTimeout(timer);
    forget?.();
  }
}
