import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll } from "vitest";
import type { Database } from "../storage/database.js";
import { openPglite } from "../storage/open-pglite.js";

const cache = fileURLToPath(new URL("../../node_modules/.cache/", import.meta.url));
const template = join(cache, "empty-pglite");

/**
 * An empty real database in a folder of its own, gone after the test file. A new PGlite takes seconds, an existing one
 * a third of a second: so a template is made once and copied.
 */
export async function openTestDatabase(): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), "email-host-"));
  await copyTemplate(join(folder, "database")).catch(async () => {
    await makeTemplate();
    await copyTemplate(join(folder, "database"));
  });
  const database = await openPglite({ folder: join(folder, "database") });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });
  return database;
}

// `cp` itself: the thousand files of a database take node eight times as long.
const copyTemplate = (target: string) => promisify(execFile)("cp", ["-R", template, target]);

async function makeTemplate(): Promise<void> {
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, "draft-"));
  await (await openPglite({ folder: join(draft, "database") })).close();
  // Another test file may have been quicker.
  await rename(join(draft, "database"), template).catch(() => {});
  await rm(draft, { recursive: true, force: true });
}
