import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Database } from "../storage/database.js";
import { openPglite } from "../storage/open-pglite.js";
import { copyEmptyDatabase } from "./copy-empty-database.js";

/** An empty real database in a folder of its own, gone after the test file. */
export async function openTestDatabase(): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), "email-host-"));
  await copyEmptyDatabase(join(folder, "database"));
  const database = await openPglite({ folder: join(folder, "database") });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });
  return database;
}
