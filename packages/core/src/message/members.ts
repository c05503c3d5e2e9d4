import type { Read } from "./read.js";

/** A copy of the own enumerable members of an object, `__proto__` among them. */
export const members: Read<Record<string, unknown>> = (value, path, report) =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? { ...value }
    : report(path, "Must be an object.");
