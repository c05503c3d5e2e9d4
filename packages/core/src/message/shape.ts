import { toIssuePath } from "../errors/to-issue-path.js";
import { members } from "./members.js";
import type { Read, Report } from "./read.js";

/** An object with these members and no others. Undefined as soon as anything in it was refused. */
export function shape<T extends object>(
  reads: {
    readonly [Key in keyof T]-?: Read<T[Key]>;
  },
): Read<T> {
  return (value, path, report) => {
    let isWhole = true;
    const note: Report = (...issue) => {
      isWhole = false;
      return report(...issue);
    };
    const given = members(value, path, report);
    if (!given) return undefined;
    for (const key of Object.keys(given)) {
      if (!Object.hasOwn(reads, key)) note(toIssuePath(path, key), "Unknown field.");
    }
    const result: Partial<T> = {};
    for (const key in reads) {
      const item = Object.hasOwn(given, key) ? given[key] : undefined;
      // Not `toIssuePath`: our own names are plain, and this runs for every field of every message.
      const member = reads[key](item, path ? `${path}.${key}` : key, note);
      if (member !== undefined) result[key] = member;
    }
    // Nothing was refused, so only optional members are absent.
    return isWhole ? (result as T) : undefined;
  };
}
