import type { Certainty } from "../contract/index.js";
import { EmailError, isEmailError } from "../errors/index.js";

/** The error as it is, if it is ours; else `provider-failed` around it. Its text stays out: it may hold anything. */
export function mapProviderFailure(error: unknown, stage: string, certainty: Certainty): EmailError {
  if (!isEmailError(error)) {
    return new EmailError({
      code: "provider-failed",
      stage,
      certainty,
      message: "The connector failed.",
      cause: error,
    });
  }
  // Whatever made it: what may be out is not sent again.
  return error.retryable && error.certainty !== "not_sent"
    ? new EmailError({ ...error, message: error.message, cause: error })
    : error;
}
