/** Whether a value nests further than `depth` levels. Looks no deeper than that, so it cannot overflow itself. */
export function isTooDeep(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (depth === 0) return true;
  // Many times as fast as `for in` over what JSON.parse makes; most members are no objects.
  for (const member of Object.values(value)) {
    if (typeof member === "object" && isTooDeep(member, depth - 1)) return true;
  }
  return false;
}
