import type { ReplayStore } from "./replay-store.js";

/**
 * For one process, and until it ends. When `maxKeys` (default 100,000) are held, the oldest goes. `now` tells the time
 * in milliseconds.
 */
export function createMemoryReplayStore(
  options: { readonly maxKeys?: number | undefined; readonly now?: (() => number) | undefined } = {},
): ReplayStore {
  const { maxKeys = 100_000, now = Date.now } = options;
  const expiries = new Map<string, number>();
  return {
    claim: async (key, ttlSeconds) => {
      const time = now();
      if ((expiries.get(key) ?? 0) > time) return false;
      expiries.delete(key);
      expiries.set(key, time + ttlSeconds * 1000);
      const [oldest] = expiries.keys();
      if (expiries.size > maxKeys && oldest !== undefined) expiries.delete(oldest);
      return true;
    },
    release: async (key) => {
      expiries.delete(key);
    },
  };
}
