import { dictionary } from "./dictionary.js";
import { members } from "./members.js";
import type { Read } from "./read.js";

/** A copy, taken as structured data: functions and the like are refused. */
const settings: Read<Record<string, unknown>> = (value, path, report) => {
  try {
    return structuredClone(members(value, path, report) ?? {});
  } catch {
    return report(path, "Must be plain data.");
  }
};

export const providerOptions = dictionary(/^[a-z\d.-]+$/, "Must be a provider id.", settings, 100);
