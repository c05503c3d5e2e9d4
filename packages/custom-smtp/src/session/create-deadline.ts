/** A signal that fires for any of the given ones or when the time is over, with a timer that does not outlive it. */
export function createDeadline(timeoutMs: number, signals: readonly (AbortSignal | undefined)[]) {
  const controller = new AbortController();
  const expire = () => controller.abort(new DOMException("the deadline has passed", "TimeoutError"));
  // Beyond it, timers fire at once.
  const timer = setTimeout(expire, Math.min(timeoutMs, 2 ** 31 - 1));
  const given = signals.filter((signal) => signal !== undefined);
  return { signal: AbortSignal.any([controller.signal, ...given]), clear: () => clearTimeout(timer) };
}
