import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { connect, type NetConnectOpts } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { runProgram } from "../packed/run-program.js";
import { repositoryRoot } from "../repository/repository-root.js";

test("in every project a test file that dials out fails, though its tests pass, and the addresses are named", async () => {
  const folder = mkdtempSync(join(tmpdir(), "loopback-only-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const config = fileURLToPath(new URL("./__fixtures__/vitest.config.mjs", import.meta.url));
  const reportPath = join(folder, "report.json");
  const vitest = join(repositoryRoot, "node_modules/vitest/vitest.mjs");
  const args = [vitest, "run", "--config", config, "--reporter=json", "--outputFile", reportPath];
  await expect(runProgram(process.execPath, args, { cwd: repositoryRoot })).rejects.toThrow();

  const report = JSON.parse(readFileSync(reportPath, "utf8"));
  const projects = readdirSync(join(repositoryRoot, "packages"));
  expect([report.numPassedTests, report.numFailedTests]).toEqual([projects.length, 0]);
  const file = fileURLToPath(new URL("./__fixtures__/dials-out.ts", import.meta.url));
  const message = `${file} dialled 192.0.2.1:25, [2001:db8::1]:25, 192.0.2.2:80: tests reach loopback addresses only.`;
  expect(report.testResults).toMatchObject(projects.map(() => ({ status: "failed", message })));
});

// What is dialled here is held against this file as well: it would fail as a whole.
test.each<NetConnectOpts>([
  ...["127.0.0.1", "127.255.0.9", "::1", "::ffff:127.0.0.1", "localhost"].map((host) => ({ host, port: 9 })),
  { path: "/nobody/listens.sock" },
])("%o is within this machine", async (target) => {
  const socket = connect(target, () => socket.destroy()).on("error", () => undefined);
  await new Promise((resolve) => socket.once("close", resolve));
});
