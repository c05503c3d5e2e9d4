/** How many connections to have. */
export interface Concurrency {
  limit(): number;
  /** The relay asked for less: 421, or a temporary refusal that is not about a recipient. */
  halve(): void;
  /** The relay takes no more connections than these. */
  shrinkTo(connections: number): void;
  /** A message was taken. */
  grow(): void;
  /** What was learned is worth nothing any more. */
  reset(): void;
}

const firstStep = 20;
const longestStep = 1_000;
/** Refusals that come together are one: five connections that hear the same 421 halve the limit once. */
const quietMs = 1_000;

/**
 * Additive increase, multiplicative decrease. After each decrease, the next increase takes twice as many messages, so
 * that a relay with a fixed limit is asked for one more ever more rarely.
 */
export function createConcurrency(maximum: number, now: () => number = () => performance.now()): Concurrency {
  let limit = maximum;
  let step = firstStep;
  let taken = 0;
  let quietUntil = Number.NEGATIVE_INFINITY;
  function shrinkTo(connections: number): void {
    quietUntil = now() + quietMs;
    limit = Math.max(1, Math.min(limit, connections));
    step = Math.min(step * 2, longestStep);
    taken = 0;
  }
  return {
    limit: () => limit,
    halve() {
      if (now() >= quietUntil) shrinkTo(Math.floor(limit / 2));
    },
    shrinkTo,
    grow() {
      if (limit >= maximum) return;
      taken += 1;
      if (taken < step) return;
      taken = 0;
      limit += 1;
    },
    reset() {
      limit = maximum;
    },
  };
}
