import type {
  Diagnosis,
  DiagnosisReport,
  DiagnosisVerdict,
  EmailError,
  StageReport,
} from "@getfluxly/email-core";
import type { SessionOptions } from "../session/session-options.js";
import { explainFailure } from "./explain-failure.js";
import type { Observation } from "./observation.js";
import { rules } from "./rules/index.js";
import { runProbes } from "./run-probes.js";
import { skipRest } from "./skip-rest.js";
import { toReported } from "./to-reported.js";
import { within } from "./within.js";

interface Explaining {
  readonly session: SessionOptions;
  readonly overall: AbortSignal;
  readonly stages: StageReport[];
  readonly mode: DiagnosisReport["mode"];
  readonly isAborted: boolean;
  readonly refine: (diagnosis: Diagnosis, failure: EmailError) => Diagnosis;
  finish(verdict: DiagnosisVerdict, rest?: Partial<DiagnosisReport>): DiagnosisReport;
  tell(stage: StageReport): void;
}

/** Looks around where that may tell more, and ends the report with the failed stage and its explanation. */
export async function reportFailure(
  observed: Observation,
  failure: EmailError,
  { session, overall, finish, tell, stages, mode, isAborted, refine }: Explaining,
): Promise<DiagnosisReport> {
  const looked = overall.aborted
    ? undefined
    : await within(overall, runProbes(observed, session)).catch(() => undefined);
  const { findings = [], probes = [] } = looked ?? {};
  const diagnosis = refine(explainFailure({ ...observed, findings }), failure);
  const rule = rules.find(({ id }) => id === diagnosis.ruleId);
  const passes = rule?.passes === true && ["rcpt-to", "mail-from"].includes(observed.stage);
  tell({
    type: "stage",
    stage: observed.stage,
    status: passes ? "warn" : "fail",
    ms: 0,
    summary: diagnosis.title,
    findings: [toReported(diagnosis, rule?.severity ?? "error")],
    ...(failure.reply && { evidence: { reply: failure.reply } }),
  });
  skipRest(mode, session.tlsMode, stages, tell);
  const verdict: DiagnosisVerdict =
    passes && mode !== "send" ? "pass" : toVerdict(diagnosis, isAborted || overall.aborted);
  return finish(verdict, {
    ...(verdict !== "pass" && { failedStage: observed.stage, diagnosis }),
    // Also with a warning: who wants every stage to pass has to see it.
    failure: failure.toJSON(),
    ...(verdict === "pass" && { warnings: [toReported(diagnosis, rule?.severity ?? "info")] }),
    probes,
  });
}

function toVerdict({ retryable }: Diagnosis, isEnded: boolean): DiagnosisVerdict {
  return retryable || isEnded ? "inconclusive" : "fail";
}
