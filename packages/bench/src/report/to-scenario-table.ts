import { clientLabels } from "../clients/client-name.js";
import { toFigure, toMegabytes, toRatioSpread } from "./format.js";
import type { ScenarioSummary } from "./summarize.js";
import type { Table } from "./table.js";

/** One row for each client. */
export function toScenarioTable({ clients }: ScenarioSummary): Table {
  return [
    ["", "messages/s", "ours to it", "CPU s per 1,000", "RSS MB", "p50 ms", "p99 ms", "server's CPU s"],
    ...clients.map((it) => [
      clientLabels[it.client],
      toFigure(it.messagesPerSecond.median),
      it.ratio === null ? "" : toRatioSpread(it.client, it.ratio),
      toFigure(it.cpuSecondsPer1000),
      toMegabytes(it.maxRssBytes),
      it.p50Ms === null ? "" : toFigure(it.p50Ms),
      it.p99Ms === null ? "" : toFigure(it.p99Ms),
      toFigure(it.serverCpuSecondsPer1000),
    ]),
  ];
}
