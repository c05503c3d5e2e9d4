import type { Issue } from "../contract/index.js";

/** Finds what no schema is asked to judge: keys that reach prototypes, and what is not JSON. Lists all texts too. */
export function inspectInput(input: unknown): {
  readonly issues: Issue[];
  readonly texts: readonly string[];
} {
  const issues: Issue[] = [];
  const texts: string[] = [];
  try {
    JSON.stringify(input, (path, value: unknown) => {
      if (/^(?:__proto__|constructor|prototype)$/.test(path))
        issues.push({ path, message: "Unknown field." });
      if (typeof value === "string") texts.push(value);
      return value;
    });
  } catch {
    issues.push({ path: "", message: "Must be plain data." });
  }
  return { issues, texts };
}
