import { readTextFile } from "./read-text-file.js";
import { UsageError } from "./usage-error.js";

/** A file with one JSON object. What the parser says is left out: it may quote a secret. */
export async function readJsonFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readTextFile(path));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} is not JSON.`, "Write one JSON object, its names in double quotes.");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new UsageError(
      `${path} does not hold a JSON object.`,
      "Write one JSON object, its names in double quotes.",
    );
  }
  return { ...parsed };
}
