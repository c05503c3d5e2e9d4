import type { DiagnoseOptions, DiagnosisReport, StageReport } from "../contract/index.js";
import type { EmailError } from "../errors/index.js";
import { toDiagnosis } from "./to-diagnosis.js";
import { toVerdict } from "./to-verdict.js";

/** The report of a diagnosis that knows no more than its stages and its failure. */
export function toReport(
  startedAt: Date,
  { mode = "dry_run" }: DiagnoseOptions,
  stages: readonly StageReport[],
  failure?: EmailError,
): DiagnosisReport {
  const verdict = failure ? toVerdict(failure) : "pass";
  return {
    type: "report",
    verdict,
    mode,
    startedAt: startedAt.toISOString(),
    // How long a refusal by the policy took is nobody's business: the answer is the same whatever is behind it.
    ms: verdict === "blocked_by_policy" ? 0 : Date.now() - startedAt.getTime(),
    stages,
    warnings: [],
    probes: [],
    transcript: [],
    ...(failure && {
      failedStage: failure.stage,
      diagnosis: toDiagnosis(failure),
      failure: failure.toJSON(),
    }),
  };
}
