import type { TestCertificateAuthority } from "@getfluxly/email-conformance/sandbox-relay";
import type { MemorySample } from "../clients/client-task.js";
import { runLibrary } from "../measure/run-library.js";
import { startRelay } from "../measure/start-relay.js";
import type { Workshop } from "../processes/workshop.js";
import { toScenario } from "../scenarios/to-scenario.js";
import { isFlat } from "./is-flat.js";
import type { MillionReport } from "./million-report.js";

const samplesWanted = 60;
const timeoutMs = 4 * 3_600_000;

/** Sends so many messages of 2 KB in one batch, and looks at the memory all the while. */
export async function runMillion(
  messages: number,
  authority: TestCertificateAuthority,
  workshop: Workshop,
  onSample: (sample: MemorySample) => void,
): Promise<MillionReport> {
  const { connections, kind, tls, ...place } = toScenario();
  const relay = await startRelay({ ...place, tls }, authority, workshop);
  const { elapsedSeconds, memory } = await runLibrary({
    program: "run-ours",
    task: {
      ...{ variant: "default", port: relay.port, tls, certificateAuthority: relay.certificateAuthority },
      ...{ connections, kind, budgets: { warmUp: null, measured: { messages } }, sampleMemoryEveryMs: 500 },
    },
    timeoutMs,
    onMessage: (sample) => onSample(sample as MemorySample),
  });
  const received = await relay.received();
  await relay.stop();
  if (received !== messages) throw new Error(`${messages} messages were sent, but ${received} received`);
  const step = Math.max(1, Math.ceil(memory.length / samplesWanted));
  return {
    recordedAt: new Date().toISOString(),
    messages,
    elapsedSeconds,
    flat: isFlat(memory),
    samples: memory.filter((_, index) => index % step === step - 1),
  };
}
