import { record } from "../gate/recorded.js";
import { toText } from "../report/table.js";
import { measureWebhooks } from "../webhooks/measure-webhooks.js";
import { toWebhookTable } from "../webhooks/to-webhook-table.js";
import type { BenchCommand } from "./parse-command.js";
import { webhookRounds } from "./parse-command.js";
import { writeReport } from "./write-report.js";

const events = 1_000;
const repetitions = 30;

/** Recorded when it ran all its rounds. Says whether our reader made every event. */
export async function runWebhooks({ rounds }: BenchCommand & { mode: "webhooks" }): Promise<boolean> {
  const report = await measureWebhooks(events, { rounds, repetitions });
  console.log(
    `\n${report.events} SendGrid events, ${report.bytes} bytes\n\n${toText(toWebhookTable(report))}\n`,
  );
  writeReport("bench-webhooks.json", `${JSON.stringify(report, undefined, 2)}\n`);
  const ours = report.readers.find(({ name }) => name === "ours: verify and parse");
  const isWhole = ours?.events === events;
  if (!isWhole) console.log(`ours made ${ours?.events} events of ${events}`);
  if (isWhole && rounds >= webhookRounds) record({ webhooks: report });
  return isWhole;
}
