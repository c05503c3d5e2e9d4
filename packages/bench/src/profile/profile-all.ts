import type { TestCertificateAuthority } from "@getfluxly/email-conformance/sandbox-relay";
import type { Workshop } from "../processes/workshop.js";
import type { Scenario } from "../scenarios/scenario.js";
import { toScenario } from "../scenarios/to-scenario.js";
import { measureProfile } from "./measure-profile.js";
import type { ProfileReport } from "./profile-report.js";
import { shareByLayer } from "./share-by-layer.js";

/** Where the processor decides how fast we are, and not the way. */
const profiled = [
  toScenario(),
  toScenario({ kind: "attachment" }),
  toScenario({ tls: "ssl" }),
  toScenario({ server: "postfix" }),
];

/** Of those that were measured. */
export async function profileAll(
  measured: readonly Scenario[],
  authority: TestCertificateAuthority,
  workshop: Workshop,
): Promise<ProfileReport[]> {
  const names = new Set(measured.map(({ name }) => name));
  const reports: ProfileReport[] = [];
  for (const scenario of profiled.filter(({ name }) => names.has(name))) {
    const { profile } = await measureProfile("ours", scenario, authority, workshop);
    reports.push({ scenario: scenario.name, shares: shareByLayer(profile) });
  }
  return reports;
}
