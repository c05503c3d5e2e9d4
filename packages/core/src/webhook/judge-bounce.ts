import type { Bounce, BounceCategory, InferenceSource } from "../contract/index.js";
import { bounceScopes, categoryOfStatus, categoryOfWords } from "./bounce-category.js";
import type { SmtpReply } from "./read-reply.js";

export interface BounceEvidence {
  /** The relay's own, explicit word. */
  readonly severity?: "permanent" | "temporary" | undefined;
  /** The relay's fine word, such as a bounce sub-type. It outranks the reply. */
  readonly category?: BounceCategory | undefined;
  /** The relay's coarse word, such as a classification by keywords. The reply's status outranks it. */
  readonly coarseCategory?: BounceCategory | undefined;
  readonly reply?: SmtpReply | undefined;
}

/** Severity, category and scope, and what each was concluded from. What nothing speaks for is `unknown`, never "hard". */
export function judgeBounce(evidence: BounceEvidence): Bounce {
  const [severity, severitySource] = judgeSeverity(evidence);
  const [category, categorySource] = judgeCategory(evidence, severity === "temporary");
  return {
    severity,
    category,
    scope: bounceScopes[category],
    inferred: { severity: severitySource, category: categorySource },
  };
}

function judgeSeverity({ severity, reply }: BounceEvidence): [Bounce["severity"], InferenceSource] {
  if (severity) return [severity, "relay"];
  const byStatus = severityOfClass(reply?.status);
  if (byStatus) return [byStatus, "status"];
  const byCode = severityOfClass(reply?.code?.toString());
  return byCode ? [byCode, "code"] : ["unknown", "none"];
}

function severityOfClass(status: string | null | undefined): "permanent" | "temporary" | undefined {
  return status?.startsWith("4") ? "temporary" : status?.startsWith("5") ? "permanent" : undefined;
}

function judgeCategory(evidence: BounceEvidence, isTemporary: boolean): [BounceCategory, InferenceSource] {
  const { category, coarseCategory, reply } = evidence;
  const words = reply?.text ? categoryOfWords(reply.text) : undefined;
  const byStatus = reply?.status ? categoryOfStatus(reply.status) : undefined;
  // Two phrases that are more exact than any code: 4.7.1 would be policy, and 5.4.1 (of Exchange) network.
  const isGreylisted =
    words === "greylisted" && (isTemporary || severityOfClass(reply?.code?.toString()) === "temporary");
  const isUnknownAtExchange =
    reply?.status === "5.4.1" && /recipient address rejected/i.test(reply.text ?? "");
  const phrase = isGreylisted ? "greylisted" : isUnknownAtExchange ? "invalid-recipient" : undefined;
  if (phrase && phrase !== category) return [phrase, "text"];
  if (category) return [category, "relay"];
  if (byStatus) return [byStatus, "status"];
  if (coarseCategory) return [coarseCategory, "relay"];
  return words ? [words, "text"] : ["unknown", "none"];
}
