import type { DiagnosisVerdict, Failure } from "../contract/index.js";

/** What a failed verification says about the settings, as far as the failure itself tells. */
export function toVerdict(failure: Pick<Failure, "code" | "retryable">): DiagnosisVerdict {
  if (failure.code === "relay-not-permitted") return "blocked_by_policy";
  return failure.retryable || failure.code === "aborted" ? "inconclusive" : "fail";
}
