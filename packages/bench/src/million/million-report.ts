import type { MemorySample } from "../clients/client-task.js";

/** Memory over one long batch. */
export interface MillionReport {
  readonly recordedAt: string;
  readonly messages: number;
  readonly elapsedSeconds: number;
  readonly flat: boolean;
  readonly samples: readonly MemorySample[];
}
