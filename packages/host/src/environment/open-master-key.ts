import { randomBytes, randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "./has-code.js";

/** A master key that lies in a file, and whether this call made it. */
export interface MasterKeyFile {
  readonly path: string;
  readonly masterKey: string;
  readonly created: boolean;
}

/**
 * The key in `<folder>/master-key`, made with 256 random bits if there is none. Only the file's owner may read it;
 * rejects when others may. Without this file the stored passwords cannot be opened: back it up, apart from the data.
 */
export async function openMasterKey(folder: string): Promise<MasterKeyFile> {
  const path = join(folder, "master-key");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const created = await createFile(path, `${randomBytes(32).toString("base64")}\n`);
  const { mode } = await stat(path);
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    throw new Error(`Other users may read the master key in ${path}: run \`chmod 600 ${path}\`.`);
  }
  return { path, masterKey: (await readFile(path, "utf8")).trim(), created };
}

/** Whole, on disk and never over an existing one: a lost or half key would make every stored password unreadable. */
async function createFile(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}.new`;
  const file = await open(draft, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
    await link(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
}
