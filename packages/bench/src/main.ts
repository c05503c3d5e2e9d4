import { createTestCertificateAuthority } from "@getfluxly/email-conformance/sandbox-relay";
import { checkIntactness } from "./intactness/check-intactness.js";
import { measureScenario } from "./measure/measure-scenario.js";
import { startRelay } from "./measure/start-relay.js";
import { openWorkshop } from "./processes/workshop.js";
import { fullScenarios } from "./scenarios/scenarios.js";

const workshop = await openWorkshop();
const authority = createTestCertificateAuthority("Benchmark CA");
try {
  for (const scenario of fullScenarios.slice(+process.argv[2], +process.argv[3])) {
    console.log(`== ${scenario.name}`);
    for (const { client, messages, damage } of await checkIntactness(scenario, authority, workshop))
      console.log(client, messages, damage.slice(0, 3));
    const relay = await startRelay(scenario, authority, workshop);
    const { results } = await measureScenario(
      scenario,
      { rounds: 2, measuredMs: 400, warmUpMs: 300 },
      relay,
      workshop,
    );
    for (const [client, [r]] of Object.entries(results))
      console.log(
        client.padEnd(20),
        Math.round(r!.messages / r!.elapsedSeconds),
        r!.messages,
        "cpu/1000",
        ((r!.cpuSeconds / r!.messages) * 1000).toFixed(3),
        "rss",
        Math.round(r!.maxRssBytes / 1e6),
        "p50",
        r!.p50Ms,
        "p99",
        r!.p99Ms,
      );
    await relay.stop();
  }
} finally {
  await workshop.close();
}
