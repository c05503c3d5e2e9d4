import { loadavg } from "node:os";
import type { TestCertificateAuthority } from "@getfluxly/email-conformance/sandbox-relay";
import { checkIntactness, type Intactness } from "../intactness/check-intactness.js";
import { measureScenario, type Pace } from "../measure/measure-scenario.js";
import { startRelay } from "../measure/start-relay.js";
import type { Workshop } from "../processes/workshop.js";
import type { Scenario } from "../scenarios/scenario.js";
import type { BenchReport } from "./bench-report.js";
import { describeMachine } from "./describe-machine.js";
import { type ScenarioSummary, summarize } from "./summarize.js";
import { toText } from "./table.js";
import { toScenarioTable } from "./to-scenario-table.js";

/** Waiting programs, on the average of the last minute; with more, others are at work. */
const quietLoad = 0.7;

/** One scenario after the other, each told as soon as it is measured. */
export async function measureAll(
  scenarios: readonly Scenario[],
  pace: Pace,
  authority: TestCertificateAuthority,
  workshop: Workshop,
): Promise<BenchReport> {
  const startedAt = new Date();
  const [load = 0] = loadavg();
  if (load > quietLoad) console.log(`The machine is busy (load ${load.toFixed(1)}): expect a wide spread.`);
  const summaries: ScenarioSummary[] = [];
  const intactness: Intactness[] = [];
  for (const [index, scenario] of scenarios.entries()) {
    console.log(`\n${scenario.name} (${index + 1} of ${scenarios.length})`);
    const samples = await checkIntactness(scenario, authority, workshop);
    intactness.push(...samples);
    for (const { client, damage } of samples) {
      if (damage.length > 0) console.log(`DAMAGED by ${client}: ${damage.slice(0, 5).join("; ")}`);
    }
    const relay = await startRelay(scenario, authority, workshop);
    const summary = summarize(await measureScenario(scenario, pace, relay, workshop));
    await relay.stop();
    summaries.push(summary);
    console.log(toText(toScenarioTable(summary)));
  }
  return {
    startedAt: startedAt.toISOString(),
    tookSeconds: Math.round((Date.now() - startedAt.getTime()) / 1000),
    machine: await describeMachine(),
    pace,
    summaries,
    intactness,
  };
}
