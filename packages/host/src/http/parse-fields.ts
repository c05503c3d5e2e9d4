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
  throw createProblem(code, {
    issues: result.error.issues.map(({ path, message }) => ({ path: toIssuePath(path), message })),
  });
}
