import type { Failure } from "@getfluxly/email-core";

export type TestVerdict = "pass" | "fail" | "inconclusive" | "blocked_by_policy";

/**
 * What a finished test says. `inconclusive` where the same test may end differently in a moment (the network, a relay
 * that is busy), or where nobody can tell whether the message went out.
 */
export function toTestVerdict(failure: Failure | undefined): TestVerdict {
  if (!failure) return "pass";
  if (failure.code === "relay-not-permitted") return "blocked_by_policy";
  const undecided = failure.certainty === "unknown" || failure.retryable || failure.code === "aborted";
  return undecided ? "inconclusive" : "fail";
}
