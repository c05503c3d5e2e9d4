import type { Read } from "./read.js";

/** More than `limit` entries are refused unread. */
export function list<T>(read: Read<T>, limit: number, isRequired = false): Read<T[]> {
  return (value, path, report) => {
    if (!Array.isArray(value)) return report(path, "Must be a list.");
    if (value.length > limit) return report(path, `More than ${limit} entries.`, "message-too-large");
    if (isRequired && value.length === 0) return report(path, "Must not be empty.");
    return [...value]
      .map((item, index) => read(item, `${path}[${index}]`, report))
      .filter((item) => item !== undefined);
  };
}
