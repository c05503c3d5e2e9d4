import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { runProgram } from "../packed/run-program.js";
import { repositoryRoot } from "../repository/repository-root.js";

const folder = mkdtempSync(join(tmpdir(), "count-results-"));
afterAll(() => rmSync(folder, { recursive: true }));

const count = (report: string) => {
  const script = join(repositoryRoot, ".ci/count-results.mjs");
  const { stdout, stderr } = spawnSync(process.execPath, [script, report], { encoding: "utf8" });
  return { counts: stdout, said: stderr.trim().split("\n") };
};

test("what failed beside its tests, and what was left out without an excuse, counts as failed", async () => {
  const files = [
    new URL("./__fixtures__/left-out.spec.ts", import.meta.url),
    new URL("./__fixtures__/broken.spec.ts", import.meta.url),
  ].map((url) => fileURLToPath(url));
  const cwd = fileURLToPath(new URL("./__fixtures__", import.meta.url));
  const report = join(folder, "report.json");
  const vitest = join(repositoryRoot, "node_modules/vitest/vitest.mjs");
  const args = [vitest, "run", "--reporter=json", "--outputFile", report, ...files];
  await expect(runProgram(process.execPath, args, { cwd })).rejects.toThrow();
  expect(count(report)).toEqual({
    // One failed, four were left out, one file is broken.
    counts: "2 6\n",
    said: [
      "left out: is skipped (counts as failed)",
      "left out: lacks something (counts as failed)",
      "left out: skips itself (counts as failed)",
      "left out: is to be written (counts as failed)",
      "left out: at a terminal asks (needs script(1), which .ci/run does not install)",
    ],
  });
});

test("a report that was never written is one failure, whatever the step's exit status says", () => {
  expect(count(join(folder, "absent.json"))).toEqual({ counts: "0 1\n", said: [""] });
});
