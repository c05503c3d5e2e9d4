/** Calls back once and outside of the promise, so that what the callback throws is not caught here. */
export function settle<T>(promise: Promise<T>, callback: (error: Error | null, value?: T) => void): void {
  promise.then(
    (value) => setImmediate(callback, null, value),
    (error: Error) => setImmediate(callback, error),
  );
}
