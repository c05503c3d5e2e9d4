import { targets } from "../scenarios/targets.js";
import { evaluateTarget } from "./evaluate-target.js";
import type { ScenarioSummary } from "./summarize.js";
import type { Table } from "./table.js";

/** One row for each target whose scenario was measured. */
export function toTargetTable(summaries: readonly ScenarioSummary[]): Table {
  const verdicts = targets.flatMap((target) => evaluateTarget(target, summaries) ?? []);
  return [
    ["", "what", "wanted", "measured", "reached"],
    ...verdicts.map((it) => [it.scenario, it.what, it.wanted, it.measured, it.reached ? "yes" : "no"]),
  ];
}
