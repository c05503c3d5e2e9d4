/** Says when the next message may leave. */
export interface RateLimiter {
  /** Milliseconds until one may; 0 is now. */
  waitMs(): number;
  /** One leaves. */
  use(): void;
}

/** No more than `messages` in any span of `perMs`, wherever the span begins. Without a rate, always now. */
export function createRateLimiter(
  rate: { readonly messages: number; readonly perMs: number } | undefined,
  now: () => number = () => performance.now(),
): RateLimiter {
  if (rate === undefined) return { waitMs: () => 0, use: () => undefined };
  const { messages, perMs } = rate;
  // The times of the last so many messages, as a ring: the oldest of them decides.
  const times = new Array<number>(messages).fill(Number.NEGATIVE_INFINITY);
  let oldest = 0;
  return {
    waitMs: () => Math.max(0, (times[oldest] ?? 0) + perMs - now()),
    use() {
      times[oldest] = now();
      oldest = (oldest + 1) % messages;
    },
  };
}
