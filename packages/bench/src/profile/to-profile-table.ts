import type { BenchReport } from "../report/bench-report.js";
import type { Table } from "../report/table.js";
import type { ProfileReport } from "./profile-report.js";
import { layers } from "./share-by-layer.js";

/** Scenarios beside each other: what of the machine our client takes, and what of that each layer takes. */
export function toProfileTable(
  profiles: readonly ProfileReport[],
  { summaries, machine }: Pick<BenchReport, "summaries" | "machine">,
): Table {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const ofMachine = (key: "cpuSecondsPer1000" | "serverCpuSecondsPer1000") =>
    profiles.map(({ scenario }) => {
      const ours = summaries.find((it) => it.scenario.name === scenario)?.clients[0];
      if (!ours) return "";
      const busyCores = (ours.messagesPerSecond.median * ours[key]) / 1000;
      return percent(busyCores / machine.cores);
    });
  return [
    ["", ...profiles.map(({ scenario }) => scenario)],
    [`of ${machine.cores} cores, our client`, ...ofMachine("cpuSecondsPer1000")],
    ["the server", ...ofMachine("serverCpuSecondsPer1000")],
    ...layers.map((layer) => [layer, ...profiles.map(({ shares }) => percent(shares[layer]))]),
  ];
}
