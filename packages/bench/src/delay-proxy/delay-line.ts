export interface DelayLineOptions {
  readonly delayMs: number;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Calls back after so many milliseconds or later. */
  readonly wait: (callback: () => void, ms: number) => void;
}

/**
 * Does everything that it is given, each thing `delayMs` later, and in the order in which it came. As all wait equally
 * long, one queue and one timer are enough for any number of connections.
 */
export function createDelayLine({ delayMs, now, wait }: DelayLineOptions): (action: () => void) => void {
  let queue: { readonly dueAt: number; readonly action: () => void }[] = [];
  let next = 0;
  let isWaiting = false;

  function run(): void {
    isWaiting = false;
    const until = now();
    for (let entry = queue[next]; entry !== undefined && entry.dueAt <= until; entry = queue[next]) {
      next++;
      entry.action();
    }
    if (next === queue.length) {
      queue = [];
      next = 0;
    }
    plan();
  }

  function plan(): void {
    const entry = queue[next];
    if (entry === undefined || isWaiting) return;
    isWaiting = true;
    wait(run, Math.max(0, entry.dueAt - now()));
  }

  return (action) => {
    queue.push({ dueAt: now() + delayMs, action });
    plan();
  };
}
