import type { Issue } from "../contract/index.js";
import { EmailError } from "./email-error.js";
import type { EmailErrorCode } from "./email-error-code.js";

/** One error for all that is wrong with an input; its text names the first three. */
export function createIssuesError(code: EmailErrorCode, stage: string, issues: readonly Issue[]): EmailError {
  const named = issues.slice(0, 3).map(({ path, message }) => (path ? `${path}: ${message}` : message));
  if (issues.length > 3) named.push("...");
  return new EmailError({
    code,
    stage,
    message: `Invalid ${code.split("-")[0]}. ${named.join(" ")}`,
    issues,
  });
}
