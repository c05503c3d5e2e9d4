import { createHistogram } from "node:perf_hooks";
import { createMessageSource } from "../messages/create-message-source.js";
import type { BenchClient } from "./bench-client.js";
import type { ClientBudgets, ClientResult, ClientTask, MemorySample } from "./client-task.js";
import { readPeakMemory } from "./read-peak-memory.js";

const now = (): number => performance.now();
const ignore = (): void => undefined;

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

  const takenAt = new Map<number, number>();
  // A fixed size, however many latencies there are. In microseconds.
  const latencies = createHistogram({ figures: 3 });
  const memory: MemorySample[] = [];
  let messages = 0;
  const source = createMessageSource({
    ...{ kind, budget: measured, first, now },
    onTaken: (sequence) => takenAt.set(sequence, now()),
  });
  const startedAt = now();
  const sample = () => {
    const { rss, heapUsed } = process.memoryUsage();
    const atSeconds = (now() - startedAt) / 1000;
    const taken = { atSeconds, messages, rssBytes: rss, heapUsedBytes: heapUsed };
    memory.push(taken);
    process.send?.(taken);
  };
  const sampler = task.sampleMemoryEveryMs > 0 ? setInterval(sample, task.sampleMemoryEveryMs) : undefined;
  const cpuBefore = process.cpuUsage();
  await client.sendAll(source, (sequence) => {
    const taken = takenAt.get(sequence);
    if (taken === undefined) throw new Error(`message ${sequence} has an outcome it cannot have`);
    takenAt.delete(sequence);
    latencies.record(Math.max(1, Math.round((now() - taken) * 1000)));
    messages++;
  });
  const elapsedSeconds = (now() - startedAt) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  clearInterval(sampler);
  if (takenAt.size > 0) throw new Error(`${takenAt.size} messages have no outcome`);

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
