import type { BatchOutcome } from "../contract/index.js";
import { isEmailError } from "../errors/index.js";
import { isReceipt } from "./is-receipt.js";
import { mapProviderFailure } from "./map-provider-failure.js";

/** A connector's outcome under the caller's index, with what a caller relies on made sure. */
export function toCheckedOutcome(outcome: BatchOutcome, index: number): BatchOutcome {
  const { status, receipt, failure } = Object(outcome);
  if (status === "sent" && isReceipt(receipt)) return { status, index, receipt };
  return {
    status: "failed",
    index,
    failure:
      isEmailError(failure) || !failure?.code
        ? mapProviderFailure(failure, "send", "unknown")
        : { ...failure, retryable: failure.retryable && failure.certainty === "not_sent" },
  };
}
