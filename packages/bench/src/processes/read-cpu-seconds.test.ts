import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test, vi } from "vitest";
import { readCpuSeconds } from "./read-cpu-seconds.js";

/** Counts until it has taken three tenths of a second. */
const busy = "const until = 300_000; while (process.cpuUsage().user < until);";

test("counts a process, its children, and those that have ended", async () => {
  const work = `'${process.execPath}' -e '${busy}'`;
  const shell = spawn("sh", [
    "-c",
    `${work}; echo ended; '${process.execPath}' -e '${busy} setInterval(() => {}, 1e6)'; :`,
  ]);
  onTestFinished(() => void shell.kill("SIGKILL"));
  const { pid = 0 } = shell;
  await once(shell.stdout, "data");
  const ended = readCpuSeconds(pid);
  expect(ended).toBeGreaterThanOrEqual(0.29);
  await vi.waitFor(() => expect(readCpuSeconds(pid)).toBeGreaterThanOrEqual(ended + 0.29), 10_000);
});

test("a process that is gone takes nothing", async () => {
  const gone = spawn("true");
  await once(gone, "exit");
  expect(readCpuSeconds(gone.pid ?? 0)).toBe(0);
});
