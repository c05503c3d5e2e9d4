import { toFigure } from "../report/format.js";
import type { Table } from "../report/table.js";
import type { WebhookReport } from "./webhook-report.js";

export function toWebhookTable({ readers, events: sent }: WebhookReport): Table {
  return [
    ["", "ms a batch", "to JSON.parse", "events made", "events/s"],
    ...readers.map(({ name, events, milliseconds, ratio }) => [
      name,
      toFigure(milliseconds.median),
      `${ratio.median.toFixed(2)}x (${ratio.minimum.toFixed(2)} to ${ratio.maximum.toFixed(2)})`,
      events === 0 ? "" : String(events),
      String(Math.round((sent / milliseconds.median) * 1000)),
    ]),
  ];
}
