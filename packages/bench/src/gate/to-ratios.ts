import type { ScenarioSummary } from "../report/summarize.js";
import type { Recorded } from "./recorded.js";

/** What is written down of a run; three digits after the point are more than it is worth. */
export function toRatios(summaries: readonly ScenarioSummary[]): NonNullable<Recorded["ratios"]> {
  return Object.fromEntries(
    summaries.map(({ scenario, clients }) => [
      scenario.name,
      Object.fromEntries(
        clients.flatMap(({ client, ratio }) =>
          ratio === null ? [] : [[client, Math.round(ratio.median * 1000) / 1000]],
        ),
      ),
    ]),
  );
}
