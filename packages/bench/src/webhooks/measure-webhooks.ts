import { cpus } from "node:os";
import { median } from "../statistics/median.js";
import { toSpread } from "../statistics/to-spread.js";
import { createReaders } from "./create-readers.js";
import { createSignedBatch } from "./create-signed-batch.js";
import type { WebhookReader } from "./webhook-reader.js";
import type { WebhookReport } from "./webhook-report.js";

export interface WebhookPace {
  readonly rounds: number;
  /** Of each reader in a round; the median counts. */
  readonly repetitions: number;
}

/** All readers over the same octets, in one process, round by round. */
export async function measureWebhooks(
  events: number,
  { rounds, repetitions }: WebhookPace,
): Promise<WebhookReport> {
  const batch = createSignedBatch(events);
  const readers = createReaders(batch);
  const counts: number[] = [];
  const times: number[][] = readers.map(() => []);
  // The first round only warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const [index, reader] of readers.entries()) {
      counts[index] = await reader.read();
      const milliseconds = await time(reader, repetitions);
      if (round > 0) times[index]?.push(milliseconds);
    }
  }
  const [base = []] = times;
  return {
    recordedAt: new Date().toISOString(),
    machine: cpus()[0]?.model ?? "unknown",
    ...{ events, bytes: batch.body.length, rounds },
    readers: readers.map(({ name }, index) => ({
      ...{ name, events: counts[index] ?? 0 },
      milliseconds: toSpread(times[index] ?? []),
      ratio: toSpread((times[index] ?? []).map((it, round) => it / (base[round] ?? Number.NaN))),
    })),
  };
}

async function time({ read }: WebhookReader, repetitions: number): Promise<number> {
  const milliseconds: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const startedAt = performance.now();
    await read();
    milliseconds.push(performance.now() - startedAt);
  }
  return median(milliseconds);
}
