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
  const stat = await readFile(`/proc/${child.pid}/stat`, "utf8").catch(() => "");
  const startTime = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "0";
  await writeFile(`${folder}.lock-${child.pid}-${startTime}-x`, "");
  await expect(lockFolder(folder)).rejects.toThrow(`in use by process ${child.pid}`);
  child.kill("SIGKILL");
  await once(child, "exit");
  const unlock = await lockFolder(folder);
  expect(await readdir(parent)).toHaveLength(1);
  await unlock();
});

test.runIf(process.platform === "linux")("a later process with the same id is not the holder", async () => {
  await writeFile(`${folder}.lock-${process.pid}-1-x`, "");
  await (await lockFolder(folder))();
  expect(await readdir(parent)).toEqual([]);
});

test.runIf(process.platform === "linux")(
  "a killed process that nobody has waited for is no holder",
  async () => {
    // The shell becomes a `sleep`, which does not know that it has a child and never waits for it.
    const childless = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"]);
    const [line] = await once(childless.stdout, "data");
    const pid = Number(String(line));
    const patience = { timeout: 10_000 };
    await expect.poll(() => readFile(`/proc/${childless.pid}/comm`, "utf8"), patience).toBe("sleep\n");
    process.kill(pid, "SIGKILL");
    await expect.poll(() => readFile(`/proc/${pid}/stat`, "utf8"), patience).toContain(") Z ");
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    const startTime = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    await writeFile(`${folder}.lock-${pid}-${startTime}-x`, "");
    await (await lockFolder(folder))();
    childless.kill("SIGKILL");
    await once(childless, "exit");
  },
);

test("the mark of another folder, and files that are no marks, do not matter and stay", async () => {
  await writeFile(`${folder}.lock-nonsense`, "");
  await writeFile(`${folder}2.lock-${process.pid}-0-x`, "");
  await writeFile(join(parent, "master-key"), "");
  await (await lockFolder(folder))();
  expect((await readdir(parent)).sort()).toEqual([`database2.lock-${process.pid}-0-x`, "master-key"]);
});

test("of many at once at most one gets it, and nothing is left that keeps the next one out", async () => {
  for (let round = 0; round < 20; round++) {
    await writeFile(`${folder}.lock-${2 ** 30}-1-x`, "");
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
    const winners = results.filter((result) => result.status === "fulfilled");
    expect(winners.length).toBeLessThanOrEqual(1);
    for (const { value: unlock } of winners) await unlock();
    await (await lockFolder(folder))();
  }
});
