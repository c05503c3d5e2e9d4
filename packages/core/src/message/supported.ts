import type { Read } from "./read.js";

/** Refuses more than the connector carries. */
export function supported<T extends object>(
  capability: false | { readonly maxCount?: number | undefined },
  read: Read<T>,
): Read<T> {
  return (value, path, report) => {
    const items = read(value, path, report);
    const count = Object.keys(items ?? []).length;
    const limit = capability ? (capability.maxCount ?? count) : 0;
    return count > limit
      ? report(path, limit ? `At most ${limit}.` : "Not supported.", "capability-unsupported")
      : items;
  };
}
