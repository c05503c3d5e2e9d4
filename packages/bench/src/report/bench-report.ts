import type { Intactness } from "../intactness/check-intactness.js";
import type { Pace } from "../measure/measure-scenario.js";
import type { Machine } from "./describe-machine.js";
import type { ScenarioSummary } from "./summarize.js";

/** Everything about one run; what `.reports/bench.json` holds. */
export interface BenchReport {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly tookSeconds: number;
  readonly machine: Machine;
  readonly pace: Pace;
  readonly summaries: readonly ScenarioSummary[];
  readonly intactness: readonly Intactness[];
}
