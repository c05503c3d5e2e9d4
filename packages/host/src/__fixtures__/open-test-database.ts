import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Database } from "../storage/database.js";
import { openPglite } from "../storage/open-pglite.js";
import { copyEmptyDatabase } from "./copy-empty-database.js";

/** An empty real database in a folder of its own, gone after the test file. */
export async function openTestDatabase(): Promise<Database> {
  return (await openTestDatabaseIn()).database;
}

export async function openTestDatabaseIn(): Promise<{
  readonly database: Database;
  readonly folder: string;
}> {
  const parent = await mkdtemp(join(tmpdir(), "email-host-"));
  const folder = join(parent, "database");
  await copyEmptyDatabase(folder);
  const database = await openPglite({ folder });
  afterAll(async () => {
    await database.close();
    await rm(parent, { recursive: true, force: true });
  });
  return { database, folder };
}
