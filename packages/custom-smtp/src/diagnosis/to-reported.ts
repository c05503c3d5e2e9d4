import type { Diagnosis, Finding as ReportedFinding } from "@getfluxly/email-core";

/** A diagnosis as a finding of its stage. */
export function toReported(
  { ruleId, title }: Diagnosis,
  severity: ReportedFinding["severity"],
  field?: string,
): ReportedFinding {
  return { ruleId: ruleId ?? "unknown", severity, title, ...(field && { field }) };
}
