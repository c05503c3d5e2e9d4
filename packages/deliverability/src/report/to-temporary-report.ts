import type { RecordReport } from "./record-report.js";

/** The DNS gave no answer, so nothing is known. `subject` is what was looked up, in words. */
export function toTemporaryReport(
  base: Pick<RecordReport, "purpose" | "need" | "name" | "type">,
  reason: string,
  subject = base.name,
): RecordReport {
  const severity = base.need === "optional" ? "note" : "warning";
  const message = `${subject} cannot be looked up for now: ${reason}.`;
  return { ...base, state: "temporary", found: [], findings: [{ code: "dns_temporary", severity, message }] };
}
