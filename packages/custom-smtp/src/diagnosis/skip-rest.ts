import type { DiagnosisReport, DiagnosisStage, StageReport } from "@getfluxly/email-core";
import type { CheckedSettings } from "./read-settings.js";

const orders: Readonly<Record<"starttls" | "ssl" | "none", readonly DiagnosisStage[]>> = {
  starttls: [
    "config",
    "dns",
    "tcp",
    "greeting",
    "ehlo",
    "starttls",
    "tls",
    "auth",
    "mail-from",
    "rcpt-to",
    "data",
  ],
  ssl: ["config", "dns", "tcp", "tls", "greeting", "ehlo", "auth", "mail-from", "rcpt-to", "data"],
  none: ["config", "dns", "tcp", "greeting", "ehlo", "auth", "mail-from", "rcpt-to", "data"],
};

/** Stages that were not reached, or not asked for, are told as such. */
export function skipRest(
  mode: DiagnosisReport["mode"],
  tlsMode: CheckedSettings["observed"]["tlsMode"],
  stages: readonly StageReport[],
  tell: (stage: StageReport) => void,
): void {
  const done = new Set(stages.map(({ stage }) => stage));
  for (const stage of orders[tlsMode]) {
    if (done.has(stage)) continue;
    const isAsked =
      mode === "send" ||
      (stage !== "data" && (mode === "dry_run" || !["mail-from", "rcpt-to"].includes(stage)));
    const summary = isAsked ? "Not reached." : "Not part of this check.";
    tell({ type: "stage", stage, status: "skipped", ms: 0, summary });
  }
}
