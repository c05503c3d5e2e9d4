import { stat } from "node:fs/promises";
import type { Terminal } from "../terminal/terminal.js";

/** A file with a secret is for its owner alone. Windows has no such bits. */
export async function warnOfOpenFile(path: string, { errors }: Pick<Terminal, "errors">): Promise<void> {
  if (process.platform === "win32") return;
  const { mode } = await stat(path);
  if ((mode & 0o077) === 0) return;
  errors.write(`${path} holds a secret and others can read it: chmod 600 ${path}\n`);
}
