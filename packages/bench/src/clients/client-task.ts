import type { Budget } from "../messages/create-message-source.js";
import type { MessageKind } from "../messages/message-kind.js";
import type { TlsMode } from "../sinks/tls-mode.js";

/** What a runner program is told, as JSON in its first argument. */
export interface ClientTask {
  readonly variant: "best" | "default";
  readonly port: number;
  readonly tls: TlsMode;
  /** PEM, to be trusted. */
  readonly certificateAuthority: string;
  readonly connections: number;
  readonly kind: MessageKind;
  /** Null: they come over the channel, as often as it is measured. */
  readonly budgets: ClientBudgets | null;
  /** 0: memory is not sampled. */
  readonly sampleMemoryEveryMs: number;
}

/** How much is sent. */
export interface ClientBudgets {
  /** Sent first and not measured: connections open, and the code is compiled. Null: nothing. */
  readonly warmUp: Budget | null;
  readonly measured: Budget;
}

export interface MemorySample {
  readonly atSeconds: number;
  readonly messages: number;
  readonly rssBytes: number;
  readonly heapUsedBytes: number;
}

/** What a runner program answers, as one line of JSON. */
export interface ClientResult {
  /** Measured, all with a good outcome. */
  readonly messages: number;
  /** Those of the warm-up included. */
  readonly messagesInAll: number;
  /** From taking the first message to the last outcome. */
  readonly elapsedSeconds: number;
  /** User and system, in that time. */
  readonly cpuSeconds: number;
  /** The highest of the whole program. */
  readonly maxRssBytes: number;
  /** From when a message was taken from the source to its outcome. Null where the client does not tell. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly memory: readonly MemorySample[];
}
