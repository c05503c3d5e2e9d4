import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClientName } from "../clients/client-name.js";
import { packageFolder } from "../command/package-folder.js";
import type { MillionReport } from "../million/million-report.js";
import type { WebhookReport } from "../webhooks/webhook-report.js";

/** What the last runs on a quiet machine came to; checked in. */
export interface Recorded {
  readonly recordedAt?: string;
  readonly machine?: string;
  /** Our rate to that of a client, by scenario. */
  readonly ratios?: Readonly<Record<string, Readonly<Partial<Record<ClientName, number>>>>>;
  readonly million?: MillionReport;
  readonly webhooks?: WebhookReport;
}

const file = join(packageFolder, "recorded.json");

export function readRecorded(): Recorded {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

/** Replaces the parts that are given. */
export function record(parts: Recorded): void {
  writeFileSync(file, `${JSON.stringify({ ...readRecorded(), ...parts }, undefined, 2)}\n`);
}
