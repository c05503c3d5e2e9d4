import type { Read } from "./read.js";

/** The own enumerable members of an object, `__proto__` among them. */
export const entries: Read<[key: string, value: unknown][]> = (value, path, report) =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : report(path, "Must be an object.");
