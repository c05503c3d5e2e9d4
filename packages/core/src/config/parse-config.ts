import type { Config, ConfigSchema } from "../contract/index.js";
import { createIssuesError } from "../errors/create-issues-error.js";
import { toIssuePath } from "../errors/to-issue-path.js";
import { inspectInput } from "./inspect-input.js";
import { printForm } from "./print-form.js";

/**
 * Checks settings against a connector's schema and resolves to them with defaults. Rejects with `config-invalid` and all
 * issues; no text of it repeats a value of the input.
 */
export async function parseConfig<Schema extends ConfigSchema>(
  source: Schema | { readonly configSchema: Schema },
  input: unknown,
): Promise<Config<Schema>> {
  const schema = "configSchema" in source ? source.configSchema : source;
  const { issues, texts } = inspectInput(input);
  if (issues.length === 0) {
    const result = await schema["~standard"].validate(input);
    if (!result.issues) return result.value;
    // A schema may name what it takes ("starttls" | "ssl"), also where the input holds the same word.
    const ownWords = printForm(schema);
    const values = texts.filter((text) => text && !ownWords.includes(text));
    for (const issue of result.issues) {
      const { path = [], message } = issue;
      const keys = path.map((part) => (typeof part === "object" ? part.key : part));
      const where = keys.reduce<string>(toIssuePath, "");
      // zod tells of all unknown fields in one issue of the object around them.
      if ("keys" in issue && Array.isArray(issue.keys)) {
        for (const key of issue.keys)
          issues.push({ path: toIssuePath(where, key), message: "Unknown field." });
        continue;
      }
      issues.push({
        path: where,
        message: values.some((value) => message.includes(value)) ? "Invalid." : message,
      });
    }
  }
  throw createIssuesError("config-invalid", "config", issues);
}
