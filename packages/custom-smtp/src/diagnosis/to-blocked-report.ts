import type { DiagnosisReport, EmailError, StageReport } from "@getfluxly/email-core";

/** The same whatever is behind it: no stage but the settings, no address, no time. */
export function toBlockedReport(
  base: Pick<DiagnosisReport, "type" | "mode" | "startedAt" | "probes" | "transcript">,
  config: StageReport | undefined,
  failure: EmailError,
): DiagnosisReport {
  return {
    ...base,
    verdict: "blocked_by_policy",
    ms: 0,
    stages: config ? [config] : [],
    warnings: [],
    diagnosis: {
      ruleId: "policy.blocked",
      stage: "config",
      confidence: "confirmed",
      actor: "operator",
      place: "own_network",
      retryable: false,
      title: "This service may not connect to the relay",
      cause: "The relay's network is not one that the operator of this service allows.",
      steps: [
        "Use a relay on the public internet.",
        "For a relay in your own network, ask the operator to allow it.",
      ],
      links: [],
      alternatives: [],
    },
    failure: failure.toJSON(),
  };
}
