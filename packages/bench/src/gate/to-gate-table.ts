import { clientLabels } from "../clients/client-name.js";
import { toRatio } from "../report/format.js";
import type { Table } from "../report/table.js";
import { floorShare, type RatioCheck } from "./check-ratios.js";

export function toGateTable(checks: readonly RatioCheck[]): Table {
  return [
    ["gate", "to", "measured", "recorded", "at least", ""],
    ...checks.map(({ scenario, client, measured, recorded, passed }) => [
      scenario,
      clientLabels[client],
      toRatio(client, measured),
      recorded === undefined ? "nothing" : toRatio(client, recorded),
      recorded === undefined ? "" : toRatio(client, floorShare * recorded),
      passed ? "ok" : "FAILED",
    ]),
  ];
}
