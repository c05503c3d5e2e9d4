import { toIssuePath } from "../errors/to-issue-path.js";
import { entries } from "./entries.js";
import type { Read } from "./read.js";

/** A copy, taken as structured data: functions and the like are refused. */
export const providerOptions: Read<Record<string, Record<string, unknown>>> = (value, path, report) =>
  Object.fromEntries(
    (entries(value, path, report) ?? []).map(([id, settings]) => {
      const itemPath = toIssuePath(path, id);
      try {
        return [id, Object.fromEntries(entries(structuredClone(settings), itemPath, report) ?? [])];
      } catch {
        report(itemPath, "Must be plain data.");
        return [id, {}];
      }
    }),
  );
