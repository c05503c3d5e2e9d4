import { createHistogram } from "node:perf_hooks";
import { createMessageSource } from "../messages/create-message-source.js";
import type { BenchClient } from "./bench-client.js";
import type { ClientBudgets, ClientResult, ClientTask, MemorySample } from "./client-task.js";
import { readPeakMemory } from "./read-peak-memory.js";

const now = (): number => performance.now();
const ignore = (): void => undefined;

/** No client has more messages under way. */
const places = 65_536;

/** Warms up, then measures. Messages are numbered from `firstOfAll` on. */
export async function measureClient(
  client: BenchClient,
  task: Pick<ClientTask, "kind" | "sampleMemoryEveryMs"> & ClientBudgets,
  firstOfAll = 0,
): Promise<ClientResult> {
  const { kind, warmUp, measured } = task;
  let first = firstOfAll;
  if (warmUp !== null) {
    const onTaken = () => first++;
    await client.sendAll(createMessageSource({ kind, budget: warmUp, first, now, onTaken }), ignore);
  }

  // By sequence, in turn; NaN is free. A Map would make garbage that is not the client's.
  const takenAt = new Float64Array(places).fill(Number.NaN);
  let taken = 0;
  // A fixed size, however many latencies there are. In microseconds.
  const latencies = createHistogram({ figures: 3 });
  const memory: MemorySample[] = [];
  let messages = 0;
  const source = createMessageSource({
    ...{ kind, budget: measured, first, now },
    onTaken: (sequence) => {
      takenAt[sequence % places] = now();
      taken++;
    },
  });
  const startedAt = now();
  const sample = () => {
    const { rss, heapUsed } = process.memoryUsage();
    const atSeconds = (now() - startedAt) / 1000;
    const moment = { atSeconds, messages, rssBytes: rss, heapUsedBytes: heapUsed };
    memory.push(moment);
    process.send?.(moment);
  };
  const sampler = task.sampleMemoryEveryMs > 0 ? setInterval(sample, task.sampleMemoryEveryMs) : undefined;
  const cpuBefore = process.cpuUsage();
  await client.sendAll(source, (sequence) => {
    const since = takenAt[sequence % places] ?? Number.NaN;
    if (Number.isNaN(since)) throw new Error(`message ${sequence} has an outcome it cannot have`);
    takenAt[sequence % places] = Number.NaN;
    latencies.record(Math.max(1, Math.round((now() - since) * 1000)));
    messages++;
  });
  const elapsedSeconds = (now() - startedAt) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  clearInterval(sampler);
  if (taken > messages) throw new Error(`${taken - messages} messages have no outcome`);

  return {
    messages,
    messagesInAll: first - firstOfAll + messages,
    elapsedSeconds,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    maxRssBytes: readPeakMemory(),
    p50Ms: latencies.percentile(50) / 1000,
    p99Ms: latencies.percentile(99) / 1000,
    memory,
  };
}
