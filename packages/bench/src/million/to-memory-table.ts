import { toMegabytes } from "../report/format.js";
import type { Table } from "../report/table.js";
import type { MillionReport } from "./million-report.js";

const rowsWanted = 10;

/** About ten of the samples. */
export function toMemoryTable({ samples }: MillionReport): Table {
  const step = Math.max(1, Math.floor(samples.length / rowsWanted));
  return [
    ["messages", "seconds", "RSS MB", "heap MB"],
    ...samples
      .filter((_, index) => index % step === step - 1)
      .map((it) => [
        it.messages.toLocaleString("en-US"),
        it.atSeconds.toFixed(0),
        toMegabytes(it.rssBytes),
        toMegabytes(it.heapUsedBytes),
      ]),
  ];
}
