import type { ClientName } from "../../clients/client-name.js";
import type { RoundResult } from "../../measure/measure-scenario.js";
import type { Scenario } from "../../scenarios/scenario.js";
import { toScenario } from "../../scenarios/to-scenario.js";
import { type ScenarioSummary, summarize } from "../summarize.js";

/** One second at this rate. */
export function resultAt(rate: number, difference: Partial<RoundResult> = {}): RoundResult {
  return {
    ...{ messages: rate, messagesInAll: rate, elapsedSeconds: 1, cpuSeconds: 0.8, maxRssBytes: 100e6 },
    ...{ serverCpuSecondsPer1000: 0.1, p50Ms: 1, p99Ms: 5, memory: [] },
    ...difference,
  };
}

/** A scenario in which each client had the same rate in two rounds. */
export function summaryOf(
  rates: Partial<Record<ClientName, number>>,
  difference: Partial<Omit<Scenario, "name">> = {},
): ScenarioSummary {
  const clients = Object.keys(rates) as ClientName[];
  const results = Object.fromEntries(
    clients.map((client) => [client, [resultAt(rates[client] ?? 0), resultAt(rates[client] ?? 0)]]),
  );
  return summarize({ scenario: toScenario({ ...difference, clients }), results });
}
