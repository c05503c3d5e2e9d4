import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { npmInstall } from "./npm-install.js";

/** An npm that notes each attempt, and does what the script says; `$attempt` counts from 1. */
function createNpm(script: string) {
  const folder = mkdtempSync(join(tmpdir(), "npm-install-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const program = join(folder, "npm");
  writeFileSync(program, `#!/bin/sh\necho "$*" >> attempts\nattempt=$(wc -l < attempts)\n${script}\n`);
  chmodSync(program, 0o755);
  const attempts = () => readFileSync(join(folder, "attempts"), "utf8").trimEnd().split("\n");
  return { folder, program, attempts };
}

test("an npm that waits for ever is ended and started again", async () => {
  const { folder, program, attempts } = createNpm('if [ "$attempt" -lt 3 ]; then exec sleep 60; fi');
  await npmInstall(folder, ["one.tgz", "two@2"], { program, timeoutMs: 500 });
  expect(attempts()).toHaveLength(3);
  expect(new Set(attempts()).size).toBe(1);
  expect(attempts()[0]).toMatch(/^install .* one\.tgz two@2$/);
});

test("one that always does is given up, and an error is told at once", async () => {
  const stuck = createNpm("exec sleep 60");
  await expect(npmInstall(stuck.folder, [], { program: stuck.program, timeoutMs: 200 })).rejects.toThrow(
    /was ended after 200 ms/,
  );
  expect(stuck.attempts()).toHaveLength(3);
  const broken = createNpm("echo no such package >&2; exit 1");
  await expect(npmInstall(broken.folder, [], { program: broken.program })).rejects.toThrow(/no such package/);
  expect(broken.attempts()).toHaveLength(1);
});
