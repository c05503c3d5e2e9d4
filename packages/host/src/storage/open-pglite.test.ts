import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyEmptyDatabase } from "../__fixtures__/copy-empty-database.js";
import { openPglite } from "./open-pglite.js";

let parent: string;
let folder: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "open-pglite-"));
  folder = join(parent, "database");
  await copyEmptyDatabase(folder);
});
afterAll(() => rm(parent, { recursive: true, force: true }));

test("a folder is for one at a time; rows are there when it is opened again", async () => {
  const first = await openPglite({ folder });
  await first.query("create table t (v jsonb)");
  await first.query("insert into t values ($1)", [JSON.stringify({ a: [1, "ü"] })]);
  await expect(openPglite({ folder })).rejects.toThrow(/is in use by process/);
  await Promise.all([first.close(), first.close()]);

  const second = await openPglite({ folder });
  expect(await second.query("select v, now() as t from t")).toEqual([
    { v: { a: [1, "ü"] }, t: expect.any(Date) },
  ]);
  await second.close();
  expect(await readdir(parent)).toEqual(["database"]);
});
