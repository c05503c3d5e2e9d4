import { type Spread, toSpread } from "./to-spread.js";

/**
 * How many times the other's rate ours is, round by round. What disturbs the machine disturbs both runs of a round, so
 * a ratio says more than the two rates do.
 */
export function compareRates(ours: readonly number[], others: readonly number[]): Spread {
  if (ours.length !== others.length) throw new Error("both need the same number of rounds");
  return toSpread(ours.map((rate, round) => rate / (others[round] as number)));
}
