import { EmailError, isEmailError } from "../errors/index.js";
import type { Call } from "./call.js";
import { mapProviderFailure } from "./map-provider-failure.js";

/**
 * The error of a call that was ended from outside: by the caller, or by a deadline, whose reason is `timed-out`. `error`
 * is what the connector said about it in time.
 */
export function toEndError(
  call: Pick<Call, "stage" | "certaintyNow">,
  reason: unknown,
  error?: unknown,
): EmailError {
  const timeout = isEmailError(reason) && reason.code === "timed-out" ? reason : undefined;
  const known = isEmailError(error) ? mapProviderFailure(error, call.stage, "unknown") : undefined;
  // A connector that explains more than "it ended" knows better (`outcome-unknown`, or `timed-out` with its own remedy).
  const explains = timeout ? known?.code !== "aborted" : known?.code === "aborted" && known.cause === reason;
  if (known && explains) return known;
  return new EmailError({
    code: timeout ? "timed-out" : "aborted",
    stage: known?.stage ?? call.stage,
    message: timeout?.message ?? "The caller ended the call.",
    certainty: known?.certainty ?? call.certaintyNow(),
    cause: timeout ? error : reason,
  });
}
