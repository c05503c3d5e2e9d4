import { toIssuePath } from "../errors/to-issue-path.js";
import { entries } from "./entries.js";
import type { Read } from "./read.js";

/** Texts under keys of the caller's choice. More than `limit` are refused unread. */
export function dictionary(
  key: RegExp,
  sentence: string,
  read: Read<string>,
  limit: number,
): Read<Record<string, string>> {
  return (value, path, report) => {
    const given = entries(value, path, report) ?? [];
    if (given.length > limit) return report(path, `More than ${limit} entries.`, "message-too-large");
    return Object.fromEntries(
      given.map(([name, item]) => {
        const itemPath = toIssuePath(path, name);
        if (!key.test(name)) report(itemPath, sentence);
        return [name, read(item, itemPath, report) ?? ""];
      }),
    );
  };
}
