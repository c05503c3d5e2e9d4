import { dictionary } from "./dictionary.js";
import { entries } from "./entries.js";
import type { Read } from "./read.js";

/** A copy, taken as structured data: functions and the like are refused. */
const settings: Read<Record<string, unknown>> = (value, path, report) => {
  try {
    return Object.fromEntries(structuredClone(entries(value, path, report) ?? []));
  } catch {
    return report(path, "Must be plain data.");
  }
};

export const providerOptions = dictionary(/^[a-z\d.-]+$/, "Must be a provider id.", settings, 100);
