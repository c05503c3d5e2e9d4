import { expect, test } from "vitest";
import { toScenario } from "../scenarios/to-scenario.js";
import { resultAt } from "./__fixtures__/summaries.js";
import { summarize } from "./summarize.js";

test("comes to medians, and to ratios within the rounds", () => {
  const scenario = toScenario({ clients: ["ours", "upyo", "smtp-source"] });
  const told = { p50Ms: null, p99Ms: null };
  const { clients } = summarize({
    scenario,
    results: {
      ours: [resultAt(1000), resultAt(4000, { maxRssBytes: 90e6 }), resultAt(2000, { maxRssBytes: 80e6 })],
      upyo: [resultAt(500), resultAt(1000), resultAt(2000)],
      "smtp-source": [resultAt(8000, told), resultAt(8000, told), resultAt(8000, told)],
    },
  });
  const [ours, upyo, source] = clients;
  expect(ours).toMatchObject({
    ...{ client: "ours", ratio: null, maxRssBytes: 90e6, cpuSecondsPer1000: 0.4, messages: 7000 },
    ...{ messagesPerSecond: { median: 2000, minimum: 1000, maximum: 4000 }, p50Ms: 1, p99Ms: 5 },
  });
  expect(upyo?.ratio).toEqual({ median: 2, minimum: 1, maximum: 4 });
  expect(source).toMatchObject({ ratio: { median: 0.25 }, p50Ms: null, p99Ms: null });
});

test("a rate is per second, however long a run took", () => {
  const scenario = toScenario({ clients: ["ours"] });
  const { clients } = summarize({ scenario, results: { ours: [resultAt(1000, { elapsedSeconds: 4 })] } });
  expect(clients[0]?.messagesPerSecond.median).toBe(250);
});
