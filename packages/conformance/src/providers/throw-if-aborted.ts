import { toAbortedError } from "./to-aborted-error.js";

/** For the moments before the handover, when nothing can have been sent. */
export function throwIfAborted(signal: AbortSignal | undefined, stage: string): void {
  if (signal?.aborted) throw toAbortedError(signal, stage, "not_sent");
}
