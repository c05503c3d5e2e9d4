import { clientLabels } from "../clients/client-name.js";
import type { Target } from "../scenarios/targets.js";
import { toFigure, toMegabytes, toRatio, toRatioSpread } from "./format.js";
import type { ScenarioSummary } from "./summarize.js";

export interface Verdict {
  readonly scenario: string;
  readonly what: string;
  readonly wanted: string;
  readonly measured: string;
  readonly reached: boolean;
}

/** Undefined when the scenario, or the client it speaks of, was not measured. */
export function evaluateTarget(target: Target, summaries: readonly ScenarioSummary[]): Verdict | undefined {
  const clients = summaries.find(({ scenario }) => scenario.name === target.scenario)?.clients;
  const ours = clients?.find(({ client }) => client === "ours");
  if (clients === undefined || ours === undefined) return undefined;
  const { scenario } = target;
  if (target.what === "cpu") {
    const measured = ours.cpuSecondsPer1000;
    const wanted = target.atMostSecondsPer1000;
    return {
      ...{ scenario, what: "CPU seconds per 1,000", wanted: `at most ${wanted}` },
      ...{ measured: toFigure(measured), reached: measured <= wanted },
    };
  }
  const name = target.what === "ratio" ? target.to : target.below;
  const other = clients.find(({ client }) => client === name);
  if (other === undefined) return undefined;
  if (target.what === "memory") {
    return {
      ...{
        scenario,
        what: "RSS in MB",
        wanted: `below ${clientLabels[name]}'s ${toMegabytes(other.maxRssBytes)}`,
      },
      measured: toMegabytes(ours.maxRssBytes),
      reached: ours.maxRssBytes < other.maxRssBytes,
    };
  }
  if (other.ratio === null) return undefined;
  const aim = target.aim === undefined ? "" : ` (aim ${toRatio(name, target.aim)})`;
  return {
    ...{ scenario, what: `rate to ${clientLabels[name]}`, wanted: `${toRatio(name, target.atLeast)}${aim}` },
    measured: toRatioSpread(name, other.ratio),
    reached: other.ratio.median >= target.atLeast,
  };
}
