import type { SendOptions } from "../contract/index.js";
import { EmailError } from "../errors/index.js";
import type { Call } from "./call.js";

/** Whether this connector was ever seen to ask before it hands over; shared by all its calls. */
export interface ConnectorHabits {
  asks: boolean;
}

export interface SendCall extends Call {
  /** What the connector receives. Its `beforeHandover` refuses once the call has ended, so that nothing leaves late. */
  toOptions(signal: AbortSignal): SendOptions & { readonly beforeHandover: () => Promise<void> };
}

/**
 * A send that ends (abort, deadline) while the connector says nothing is `unknown` once the connector was told to hand
 * over, and also while the connector was never seen to ask, since it may be one that does not. Otherwise it is
 * `not_sent`.
 */
export function createSendCall(options: SendOptions, habits: ConnectorHabits): SendCall {
  const { timeoutMs = 300_000 } = options;
  let hasBegun = false;
  let refusal: EmailError | undefined;
  return {
    stage: "send",
    signal: options.signal,
    timeoutMs,
    certainty: "unknown",
    certaintyNow: () => (hasBegun || !habits.asks ? "unknown" : "not_sent"),
    toOptions: (signal) => ({
      ...options,
      signal,
      timeoutMs,
      async beforeHandover() {
        habits.asks = true;
        try {
          signal.throwIfAborted();
          await options.beforeHandover?.();
          signal.throwIfAborted();
        } catch (cause) {
          const message = "The handover was refused.";
          refusal = new EmailError({ code: "handover-refused", stage: "handover", message, cause });
          throw refusal;
        }
        hasBegun = true;
      },
    }),
    // A connector may have wrapped the refusal in an error of its own.
    explain: (error) => (refusal && [error, Object(error).cause].includes(refusal) ? refusal : error),
  };
}
