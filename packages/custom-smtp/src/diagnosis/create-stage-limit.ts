import type { DiagnosisStage } from "@getfluxly/email-core";

/** A form waits for this; delivery is more patient. */
const stageBudgetsMs = { dns: 5_000, tcp: 5_000, tls: 5_000, greeting: 10_000, data: 30_000 } as const;
const otherBudgetMs = 10_000;

/** Ends with the overall signal, and for a stage that takes too long. Each of the ports to dial has its own time. */
export function createStageLimit(overall: AbortSignal, { ports }: { readonly ports: number }) {
  const budgetsMs: Readonly<Record<string, number>> = {
    ...stageBudgetsMs,
    tcp: stageBudgetsMs.tcp * ports,
  };
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  return {
    signal: AbortSignal.any([overall, controller.signal]),
    begin(stage: DiagnosisStage) {
      clearTimeout(timer);
      const expire = () => controller.abort(new DOMException("the stage took too long", "TimeoutError"));
      timer = setTimeout(expire, budgetsMs[stage] ?? otherBudgetMs);
    },
    end: () => clearTimeout(timer),
  };
}
