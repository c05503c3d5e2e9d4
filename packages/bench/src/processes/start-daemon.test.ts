import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { startDaemon } from "./start-daemon.js";

async function start(script: string) {
  const folder = await mkdtemp(join(tmpdir(), "daemon-"));
  const daemon = await startDaemon({
    ...{ command: "sh", arguments: ["-c", script], outputFile: join(folder, "output") },
  });
  onTestFinished(async () => {
    await daemon.stop();
    await rm(folder, { recursive: true });
  });
  return daemon;
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

test("keeps what a daemon writes, and ends it with its children", async () => {
  const daemon = await start("sleep 60 & echo $! $$; wait");
  await vi.waitFor(async () => expect(await daemon.output()).toMatch(/^\d+ \d+\n$/));
  const [child = 0, parent = 0] = (await daemon.output()).split(" ").map(Number);
  expect([isAlive(child), isAlive(parent)]).toEqual([true, true]);
  await daemon.stop();
  await vi.waitFor(() => expect([isAlive(child), isAlive(parent)]).toEqual([false, false]), 5000);
});

test("says that it ended by itself", async () => {
  const daemon = await start("exit 1");
  await daemon.ended;
  await daemon.stop();
});
