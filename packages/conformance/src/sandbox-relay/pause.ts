import { setTimeout as after } from "node:timers/promises";

/** Resolves after the time, or at once when the signal aborts: whoever goes on has to look at the signal. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await after(ms, undefined, { signal }).catch(() => undefined);
}
