import { EmailError } from "@getfluxly/email-core";

export interface FollowedSignal {
  readonly signal: AbortSignal | undefined;
  /** What is awaited, or an error as soon as the signal is aborted. */
  orAborted<T>(promise: Promise<T>): Promise<T>;
  /** Takes the listener off the caller's signal. */
  release(): void;
}

/** The `signal` of a message, which nodemailer takes from any realm or polyfill: a native one that follows it. */
export function followSignal(given: AbortSignal | undefined): FollowedSignal {
  if (!given) return { signal: undefined, orAborted: (promise) => promise, release: () => undefined };
  const controller = new AbortController();
  const { signal } = controller;
  const onAbort = () => controller.abort(given.reason);
  given.addEventListener("abort", onAbort);
  if (given.aborted) onAbort();
  const aborted = new Promise<never>((_resolve, reject) => {
    const fail = () =>
      reject(
        new EmailError({
          code: "aborted",
          stage: "message",
          message: "The call was aborted; nothing was sent.",
          cause: signal.reason,
        }),
      );
    if (signal.aborted) fail();
    else signal.addEventListener("abort", fail);
  });
  // It may come when nobody waits any more.
  aborted.catch(() => undefined);
  return {
    signal,
    orAborted: (promise) => Promise.race([promise, aborted]),
    release: () => given.removeEventListener("abort", onAbort),
  };
}
