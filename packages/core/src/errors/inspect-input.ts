import type { Issue } from "../contract/index.js";
import { toIssuePath } from "./to-issue-path.js";

/** What a schema may not be asked to judge: keys that reach prototypes, and depth without end. Lists all texts too. */
export function inspectInput(
  input: unknown,
  path = "",
): {
  readonly issues: Issue[];
  readonly texts: readonly string[];
} {
  const issues: Issue[] = [];
  const texts: string[] = [];
  const inspect = (value: unknown, at: string, depth: number): void => {
    if (typeof value === "string") texts.push(value);
    if (typeof value !== "object" || value === null) return;
    if (depth > 16) {
      issues.push({ path: at, message: "Nested more than 16 levels deep." });
      return;
    }
    for (const [key, item] of Object.entries(value)) {
      const itemPath = toIssuePath(at, key);
      if (/^(?:__proto__|constructor|prototype)$/.test(key))
        issues.push({ path: itemPath, message: "Unknown field." });
      inspect(item, itemPath, depth + 1);
    }
  };
  inspect(input, path, 0);
  return { issues, texts };
}
