import type { ClientName } from "../clients/client-name.js";
import type { ScenarioSummary } from "../report/summarize.js";
import type { Recorded } from "./recorded.js";

/** What may be lost of a recorded ratio before the gate closes: machines differ, and CI is never quiet. */
export const floorShare = 0.6;

export interface RatioCheck {
  readonly scenario: string;
  readonly client: ClientName;
  readonly measured: number;
  /** Undefined: nothing was recorded, which fails as well, since then nothing is checked. */
  readonly recorded: number | undefined;
  readonly passed: boolean;
}

/** Compares every ratio that was measured with the recorded one. */
export function checkRatios(summaries: readonly ScenarioSummary[], recorded: Recorded): RatioCheck[] {
  return summaries.flatMap(({ scenario: { name: scenario }, clients }) =>
    clients.flatMap(({ client, ratio }) => {
      if (ratio === null) return [];
      const before = recorded.ratios?.[scenario]?.[client];
      const passed = before !== undefined && ratio.median >= floorShare * before;
      return [{ scenario, client, measured: ratio.median, recorded: before, passed }];
    }),
  );
}
