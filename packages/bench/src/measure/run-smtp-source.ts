import type { ClientResult } from "../clients/client-task.js";
import { benchSender, createBenchMessage } from "../messages/bench-message.js";
import type { MessageKind } from "../messages/message-kind.js";
import { toRawMessage } from "../messages/to-raw-message.js";
import { runProgram } from "../processes/run-program.js";
import type { Workshop } from "../processes/workshop.js";
import { watchMemory } from "./watch-memory.js";

export interface SmtpSourceRun {
  readonly port: number;
  readonly connections: number;
  readonly kind: MessageKind;
  readonly messages: number;
}

const timeoutMs = 180_000;

/**
 * Postfix's smtp-source: C, one message for all, no composing, no pipelining. Source for the options: smtp-source(1).
 * bash tells the CPU time, since Node does not know that of its children.
 */
export async function runSmtpSource(run: SmtpSourceRun, workshop: Workshop): Promise<ClientResult> {
  const message = createBenchMessage(run.kind, 0);
  const file = `${run.kind}.message`;
  await workshop.write({ [file]: toRawMessage(message) });
  const options = [
    ...["-d", "-s", `${run.connections}`, "-m", `${run.messages}`, "-F", `${workshop.folder}/${file}`],
    ...["-f", benchSender.address, "-t", message.to.address, `127.0.0.1:${run.port}`],
  ];
  let memory: ReturnType<typeof watchMemory> | undefined;
  const { stderr } = await runProgram({
    command: "bash",
    arguments: ["-c", "TIMEFORMAT='%3R %3U %3S'; time smtp-source \"$@\"", "bash", ...options],
    timeoutMs,
    onStart: (processId) => {
      memory = watchMemory(processId);
    },
  }).finally(() => memory?.stop());
  const [elapsedSeconds = 0, user = 0, system = 0] = stderr.trim().split(" ").map(Number);
  return {
    messages: run.messages,
    messagesInAll: run.messages,
    elapsedSeconds,
    cpuSeconds: user + system,
    maxRssBytes: memory?.maxRssBytes() ?? 0,
    p50Ms: null,
    p99Ms: null,
    memory: [],
  };
}
