import type { Issue } from "../contract/index.js";
import { createIssuesError } from "../errors/create-issues-error.js";
import type { EmailErrorCode } from "../errors/index.js";
import { freezeDeeply } from "./freeze-deeply.js";
import type { Report } from "./read.js";

/** What `read` makes, frozen; or an error with all that it reported, under the code that all issues share, else `code`. */
export function readWhole<T>(code: EmailErrorCode, read: (report: Report) => T | undefined): T {
  const issues: Issue[] = [];
  let shared = code;
  const value = read((path, message, issueCode = code) => {
    shared = issues.length > 0 && shared !== issueCode ? code : issueCode;
    issues.push({ path, message });
    return undefined;
  });
  if (value !== undefined && issues.length === 0) return freezeDeeply(value);
  throw createIssuesError(shared, shared === "sender-invalid" ? "config" : "message", issues);
}
