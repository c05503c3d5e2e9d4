/** Notices when something that is awaited takes too long. */
export interface Watchdog {
  /** From now on the awaited thing is due within this time. */
  start(timeoutMs: number): void;
  /** It has come. */
  stop(): void;
  /** Nothing more is awaited. */
  end(): void;
}

/**
 * One timer for many short waits: starting a timer for each reply would cost more than most replies. It fires at the
 * first due time and goes on to the next. It keeps no process alive: the socket does, while something is awaited.
 */
export function createWatchdog(onExpire: (timeoutMs: number) => void): Watchdog {
  let timer: NodeJS.Timeout | undefined;
  let firesAt = Number.POSITIVE_INFINITY;
  let dueAt = Number.POSITIVE_INFINITY;
  let allowedMs = 0;

  function set(delayMs: number): void {
    clearTimeout(timer);
    firesAt = performance.now() + delayMs;
    timer = setTimeout(check, delayMs);
    timer.unref();
  }

  function check(): void {
    timer = undefined;
    firesAt = Number.POSITIVE_INFINITY;
    if (dueAt === Number.POSITIVE_INFINITY) return;
    const remainingMs = dueAt - performance.now();
    if (remainingMs > 0) set(remainingMs);
    else onExpire(allowedMs);
  }

  return {
    start(timeoutMs) {
      allowedMs = timeoutMs;
      dueAt = performance.now() + timeoutMs;
      if (dueAt < firesAt) set(timeoutMs);
    },
    stop() {
      dueAt = Number.POSITIVE_INFINITY;
    },
    end() {
      dueAt = Number.POSITIVE_INFINITY;
      clearTimeout(timer);
    },
  };
}
