import type { Spread } from "../statistics/to-spread.js";

export interface WebhookReport {
  /** ISO 8601. */
  readonly recordedAt: string;
  readonly machine: string;
  readonly events: number;
  readonly bytes: number;
  readonly rounds: number;
  /** The first one is what the others are compared with. */
  readonly readers: readonly {
    readonly name: string;
    readonly events: number;
    readonly milliseconds: Spread;
    /** Its time to that of the first, within a round. */
    readonly ratio: Spread;
  }[];
}
