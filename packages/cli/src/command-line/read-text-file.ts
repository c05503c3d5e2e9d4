import { readFile } from "node:fs/promises";
import { UsageError } from "./usage-error.js";

/** A file that an option or argument names. */
export async function readTextFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new UsageError(
      `${path} cannot be read (${code}).`,
      "Give the path of a file that is there and readable.",
    );
  }
}
