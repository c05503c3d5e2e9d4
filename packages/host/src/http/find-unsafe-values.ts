import type { Issue } from "@getfluxly/email-core";
import { toIssuePath } from "./to-issue-path.js";

const maxDepth = 32;
/** More than any password, token or PEM key needs. */
const maxTextLength = 4096;
/** Enough to repair a mistake; a hostile body must not be answered with a longer one. */
const maxIssues = 20;
const forbiddenKeys: readonly string[] = ["__proto__", "constructor", "prototype"];

/** What no request may contain wherever it stands: reports every place. */
export function findUnsafeValues(body: unknown): readonly Issue[] {
  const issues: Issue[] = [];
  visit(body, [], issues);
  return issues;
}

function visit(value: unknown, path: readonly PropertyKey[], issues: Issue[]): void {
  if (issues.length >= maxIssues) return;
  if (typeof value === "string") {
    const message = describeUnsafeText(value);
    if (message) issues.push({ path: toIssuePath(path), message });
  } else if (typeof value === "object" && value !== null) {
    if (path.length >= maxDepth) {
      issues.push({
        path: toIssuePath(path.slice(0, 1)),
        message: `Must not be nested more than ${maxDepth} levels deep.`,
      });
      return;
    }
    for (const [key, item] of Object.entries(value)) {
      if (forbiddenKeys.includes(key) || describeUnsafeText(key)) {
        const message = `A field name in here is not allowed: remove ${JSON.stringify(key.slice(0, 40))}.`;
        issues.push({ path: toIssuePath(path), message });
      } else {
        visit(item, [...path, Array.isArray(value) ? Number(key) : key], issues);
      }
    }
  }
}

function describeUnsafeText(text: string): string | undefined {
  if (text.length > maxTextLength) return `Must have at most ${maxTextLength} characters.`;
  if (text.includes("\0")) return "Must not contain the character U+0000.";
  // With the flag u, a surrogate matches only where it has no partner.
  if (/\p{Surrogate}/u.test(text)) return "Must be valid Unicode: it contains half of a surrogate pair.";
  return undefined;
}
