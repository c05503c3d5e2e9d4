import type { Issue } from "@getfluxly/email-core";
import type * as z from "zod";
import { createProblem } from "./problem.js";
import { toIssuePath } from "./to-issue-path.js";

/** Reads an object by a schema; throws a problem that names every bad field. */
export function parseFields<Schema extends z.ZodType>(
  code: "body-invalid" | "query-invalid",
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw createProblem(code, { issues: result.error.issues.flatMap(toIssues) });
}

/** Unknown fields come as one issue of the whole object; here each gets its own. */
function toIssues(issue: z.core.$ZodIssue): readonly Issue[] {
  if (issue.code !== "unrecognized_keys") return [{ path: toIssuePath(issue.path), message: issue.message }];
  return issue.keys.map((key) => ({
    path: toIssuePath([...issue.path, key]),
    message: "Unknown field: remove it.",
  }));
}
