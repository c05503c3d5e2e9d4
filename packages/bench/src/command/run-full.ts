import { join } from "node:path";
import type { TestCertificateAuthority } from "@getfluxly/email-conformance/sandbox-relay";
import { readRecorded, record } from "../gate/recorded.js";
import { toRatios } from "../gate/to-ratios.js";
import type { Workshop } from "../processes/workshop.js";
import { profileAll } from "../profile/profile-all.js";
import { toProfileTable } from "../profile/to-profile-table.js";
import { measureAll } from "../report/measure-all.js";
import { toText } from "../report/table.js";
import { toDocument } from "../report/to-document.js";
import { toTargetTable } from "../report/to-target-table.js";
import { fullScenarios } from "../scenarios/scenarios.js";
import { repositoryFolder } from "./package-folder.js";
import { type BenchCommand, fullPace } from "./parse-command.js";
import { writeReport } from "./write-report.js";

/** A server runs for weeks, so what counts is compiled code. That of all libraries is after so long. */
const warmUpMs = 10_000;

/** Everything, or what `--only` leaves of it. Only the whole in full length is written down for good. */
export async function runFull(
  command: BenchCommand & { mode: "full" },
  authority: TestCertificateAuthority,
  workshop: Workshop,
): Promise<boolean> {
  const { rounds, seconds, only } = command;
  const scenarios = fullScenarios.filter(({ name }) => name.includes(only));
  if (scenarios.length === 0) throw new Error(`no scenario has "${only}" in its name`);
  const pace = { rounds, measuredMs: seconds * 1000, warmUpMs };
  const report = await measureAll(scenarios, pace, authority, workshop);
  const profiles = await profileAll(scenarios, authority, workshop);
  if (profiles.length > 0) {
    console.log(`\nWhere our time goes\n${toText(toProfileTable(profiles, report))}`);
  }
  console.log(`\nTargets\n${toText(toTargetTable(report.summaries))}`);

  const intact = report.intactness.every(({ client, damage }) => client !== "ours" || damage.length === 0);
  if (!intact) console.log("\nMessages of ours did not arrive as they were sent.");
  const document = toDocument(report, readRecorded(), profiles);
  writeReport("bench.json", `${JSON.stringify(report, undefined, 2)}\n`);
  writeReport("performance.md", document);
  const isWhole = rounds >= fullPace.rounds && seconds >= fullPace.seconds && only === "";
  if (isWhole && intact) {
    const { startedAt, machine, summaries } = report;
    record({ recordedAt: startedAt, machine: machine.processor, ratios: toRatios(summaries) });
    writeReport(join(repositoryFolder, "docs/reference/performance.md"), document);
  }
  return intact;
}
