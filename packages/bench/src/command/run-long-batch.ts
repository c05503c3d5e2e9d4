import type { TestCertificateAuthority } from "@getfluxly/email-conformance/sandbox-relay";
import { record } from "../gate/recorded.js";
import { runMillion } from "../million/run-million.js";
import { toMemoryTable } from "../million/to-memory-table.js";
import type { Workshop } from "../processes/workshop.js";
import { toMegabytes } from "../report/format.js";
import { toText } from "../report/table.js";
import { writeReport } from "./write-report.js";

const million = 1_000_000;
const toldEverySeconds = 10;

/** Says whether memory stays flat. Recorded from a million on. */
export async function runLongBatch(
  messages: number,
  authority: TestCertificateAuthority,
  workshop: Workshop,
): Promise<boolean> {
  let told = 0;
  const report = await runMillion(messages, authority, workshop, (sample) => {
    if (sample.atSeconds < told) return;
    told = sample.atSeconds + toldEverySeconds;
    const { rssBytes, heapUsedBytes } = sample;
    const memory = `RSS ${toMegabytes(rssBytes)} MB, heap ${toMegabytes(heapUsedBytes)} MB`;
    console.log(`${sample.atSeconds.toFixed(0)} s: ${sample.messages} messages, ${memory}`);
  });
  console.log(`\n${toText(toMemoryTable(report))}\n`);
  const rate = Math.round(report.messages / report.elapsedSeconds);
  console.log(`${rate} messages/s; memory is ${report.flat ? "flat" : "NOT flat"}`);
  writeReport("bench-million.json", `${JSON.stringify(report, undefined, 2)}\n`);
  if (messages >= million) record({ million: report });
  return report.flat;
}
