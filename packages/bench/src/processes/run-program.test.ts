import { expect, test } from "vitest";
import { killRunningPrograms, runProgram } from "./run-program.js";

const shell = (script: string, timeoutMs = 20_000) =>
  runProgram({ command: "sh", arguments: ["-c", script], timeoutMs });

test("resolves with what a program wrote", async () => {
  expect(await shell("echo out; echo err >&2")).toEqual({ stdout: "out\n", stderr: "err\n" });
});

test("rejects with its complaint when it fails", async () => {
  await expect(shell("echo no such thing >&2; exit 3")).rejects.toThrow(/sh ended with 3\nno such thing/);
});

test("rejects for a program that does not exist", async () => {
  const run = { command: "no-such-program", arguments: [], timeoutMs: 1000 };
  await expect(runProgram(run)).rejects.toThrow("ENOENT");
});

test("ends a program with its children when it takes too long", async () => {
  // Without the child's end its output would stay open, and this would take a minute.
  await expect(shell("sleep 60 & sleep 60", 200)).rejects.toThrow("SIGKILL");
});

test("ends what runs when asked to", async () => {
  const run = runProgram({
    ...{ command: "sh", arguments: ["-c", "sleep 60 & sleep 60"], timeoutMs: 60_000 },
    onStart: () => setImmediate(killRunningPrograms),
  });
  await expect(run).rejects.toThrow("SIGKILL");
});
