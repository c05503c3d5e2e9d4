import type { TestCertificateAuthority } from "@getfluxly/email-conformance/sandbox-relay";
import { checkRatios } from "../gate/check-ratios.js";
import { readRecorded } from "../gate/recorded.js";
import { toGateTable } from "../gate/to-gate-table.js";
import type { Workshop } from "../processes/workshop.js";
import { measureAll } from "../report/measure-all.js";
import { toText } from "../report/table.js";
import { shortScenarios } from "../scenarios/scenarios.js";
import { writeReport } from "./write-report.js";

const pace = { rounds: 3, measuredMs: 700, warmUpMs: 2_500 };

/** The gate: a few scenarios, compared with what was recorded. Says whether it is open. */
export async function runShort(authority: TestCertificateAuthority, workshop: Workshop): Promise<boolean> {
  const report = await measureAll(shortScenarios, pace, authority, workshop);
  const checks = checkRatios(report.summaries, readRecorded());
  const intact = report.intactness.map(({ damage }) => damage.length === 0);
  const results = [...checks.map(({ passed }) => passed), ...intact];
  const numPassedTests = results.filter(Boolean).length;
  const numFailedTests = results.length - numPassedTests;

  console.log(`\n${toText(toGateTable(checks))}\n`);
  // In the form of vitest's reports, for who adds them up.
  const counts = { numPassedTests, numFailedTests, testResults: [] };
  writeReport("bench-short.json", `${JSON.stringify({ ...counts, report }, undefined, 2)}\n`);
  console.log(`${report.tookSeconds} s; ${intact.length} samples compared, ${checks.length} ratios`);
  console.log(`${numPassedTests} passed, ${numFailedTests} failed`);
  return numFailedTests === 0;
}
