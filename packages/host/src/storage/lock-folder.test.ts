import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockFolder } from "./lock-folder.js";

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "lock-folder-"));
  folder = join(parent, "database");
});
afterEach(() => rm(parent, { recursive: true, force: true }));

test("a folder is for one holder at a time, and free again after the release", async () => {
  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(`in use by process ${process.pid}`);
  await unlock();
  await (await lockFolder(folder))();
  expect(await readdir(parent)).toEqual([]);
});

test("another living process holds it, a dead one does not", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  await once(child, "spawn");
  await writeFile(`${folder}.lock`, JSON.stringify({ pid: child.pid, startedAt: null }));
  await expect(lockFolder(folder)).rejects.toThrow(`in use by process ${child.pid}`);
  child.kill("SIGKILL");
  await once(child, "exit");
  await (await lockFolder(folder))();
});

test.runIf(process.platform === "linux")("a later process with the same id is not the holder", async () => {
  await writeFile(`${folder}.lock`, JSON.stringify({ pid: process.pid, startedAt: "1" }));
  const unlock = await lockFolder(folder);
  expect(await readFile(`${folder}.lock`, "utf8")).not.toContain('"1"');
  await unlock();
});

test("a damaged mark is no holder", async () => {
  await writeFile(`${folder}.lock`, "");
  await (await lockFolder(folder))();
});

test("of many at once exactly one gets it, also over a stale mark", async () => {
  await writeFile(`${folder}.lock`, JSON.stringify({ pid: 2 ** 30, startedAt: null }));
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});
