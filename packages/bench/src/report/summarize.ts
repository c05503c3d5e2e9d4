import type { ClientName } from "../clients/client-name.js";
import type { RoundResult, ScenarioResult } from "../measure/measure-scenario.js";
import type { Scenario } from "../scenarios/scenario.js";
import { compareRates } from "../statistics/compare-rates.js";
import { median } from "../statistics/median.js";
import { type Spread, toSpread } from "../statistics/to-spread.js";

interface ClientSummary {
  readonly client: ClientName;
  readonly messagesPerSecond: Spread;
  /** Medians of the rounds, from here on. */
  readonly cpuSecondsPer1000: number;
  readonly serverCpuSecondsPer1000: number;
  readonly maxRssBytes: number;
  /** Null where the client does not tell. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  /** Measured, in all rounds. */
  readonly messages: number;
  /** How many times as many messages as this client we send. Null for ourselves. */
  readonly ratio: Spread | null;
}

export interface ScenarioSummary {
  readonly scenario: Scenario;
  readonly clients: readonly ClientSummary[];
}

/** From single runs to what the report says. */
export function summarize({ scenario, results }: ScenarioResult): ScenarioSummary {
  const ours = toRates(results.ours ?? []);
  return {
    scenario,
    clients: scenario.clients.map((client) => {
      const runs = results[client] ?? [];
      const medianOf = (toValue: (run: RoundResult) => number) => median(runs.map(toValue));
      const told = runs.every(({ p50Ms }) => p50Ms !== null);
      return {
        client,
        messagesPerSecond: toSpread(toRates(runs)),
        cpuSecondsPer1000: medianOf(({ cpuSeconds, messages }) => (cpuSeconds / messages) * 1000),
        serverCpuSecondsPer1000: medianOf(({ serverCpuSecondsPer1000 }) => serverCpuSecondsPer1000),
        maxRssBytes: medianOf(({ maxRssBytes }) => maxRssBytes),
        p50Ms: told ? medianOf(({ p50Ms }) => p50Ms ?? 0) : null,
        p99Ms: told ? medianOf(({ p99Ms }) => p99Ms ?? 0) : null,
        messages: runs.reduce((sum, { messages }) => sum + messages, 0),
        ratio: client === "ours" ? null : compareRates(ours, toRates(runs)),
      };
    }),
  };
}

const toRates = (runs: readonly RoundResult[]): number[] =>
  runs.map(({ messages, elapsedSeconds }) => messages / elapsedSeconds);
