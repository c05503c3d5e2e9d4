import { toIssuePath } from "../errors/to-issue-path.js";
import { members } from "./members.js";
import type { Read } from "./read.js";

/** Values under keys of the caller's choice. More than `limit` are refused unread. */
export function dictionary<T>(
  key: RegExp,
  sentence: string,
  read: Read<T>,
  limit: number,
): Read<Record<string, T>> {
  return (value, path, report) => {
    const given = Object.entries(members(value, path, report) ?? {});
    if (given.length > limit) return report(path, `More than ${limit} entries.`, "message-too-large");
    const result: Record<string, T> = {};
    for (const [name, item] of given) {
      const itemPath = toIssuePath(path, name);
      if (!key.test(name)) report(itemPath, sentence);
      const member = read(item, itemPath, report);
      if (member !== undefined) result[name] = member;
    }
    return result;
  };
}
