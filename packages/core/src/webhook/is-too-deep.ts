/** Whether a value nests further than `depth` levels. Looks no deeper than that, so it cannot overflow itself. */
export function isTooDeep(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (depth === 0) return true;
  for (const key in value) {
    if (isTooDeep((value as Readonly<Record<string, unknown>>)[key], depth - 1)) return true;
  }
  return false;
}
