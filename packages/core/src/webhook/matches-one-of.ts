import { equalInConstantTime } from "./equal-in-constant-time.js";

/** Looks at every candidate, whichever matches: the time tells neither whether nor which. */
export async function matchesOneOf(
  value: string | Uint8Array,
  candidates: readonly (string | Uint8Array)[],
): Promise<boolean> {
  const results = await Promise.all(candidates.map((candidate) => equalInConstantTime(value, candidate)));
  return results.includes(true);
}
