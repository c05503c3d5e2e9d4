import { EmailError, isEmailError } from "../errors/index.js";
import { mapProviderFailure } from "./map-provider-failure.js";
import type { Call } from "./run-call.js";

export type EndCode = "aborted" | "timed-out";

/** The error of a call that was ended from outside; `error` is what the connector said about it in time. */
export function toEndError(call: Call, code: EndCode, error?: unknown): EmailError {
  const isTimeout = code === "timed-out";
  const reason: unknown = call.signal?.reason;
  const known = isEmailError(error) ? mapProviderFailure(error, call.stage, "unknown") : undefined;
  if (known?.code === code && (isTimeout || known.cause === reason)) return known;
  return new EmailError({
    code,
    stage: known?.stage ?? call.stage,
    message: isTimeout ? `No result within ${call.timeoutMs} ms.` : "The caller ended the call.",
    certainty: known?.certainty ?? call.certaintyNow(),
    reply: known?.reply,
    cause: isTimeout ? error : reason,
  });
}
