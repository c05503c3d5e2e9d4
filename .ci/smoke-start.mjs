// usage: node .ci/smoke-start.mjs [REPORT.json]
// Does what the README tells a newcomer: `npm start`, then the two commands it prints, then reading the message; and
// stops it in both ways. No dependencies, so that it runs on the Node.js that the machine has.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const report = { numPassedTests: 0, numFailedTests: 0, testResults: [] };
const dataFolder = mkdtempSync(join(tmpdir(), "smoke-start-"));

async function check(name, body) {
  const started = Date.now();
  try {
    const result = await body();
    report.numPassedTests += 1;
    console.log(`ok      ${name} (${Date.now() - started} ms)`);
    return result;
  } catch (error) {
    report.numFailedTests += 1;
    console.log(`FAILED  ${name}: ${error.message}`);
    return undefined;
  }
}

/** Starts the project as a newcomer does, in a process group of its own, and resolves with its output when it is ready. */
async function start() {
  const env = { ...process.env, PORT: "0", DATA_DIR: join(dataFolder, "data") };
  const child = spawn("npm", ["start"], {
    cwd: root,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const running = { child, output: "", exited: new Promise((resolve) => child.on("exit", resolve)) };
  running.ready = new Promise((resolve, reject) => {
    const tell = (chunk) => {
      running.output += chunk;
      const found = /^ready (http:\/\/127\.0\.0\.1:\d+)$/m.exec(running.output);
      if (found !== null) resolve(found[1]);
    };
    child.stdout.setEncoding("utf8").on("data", tell);
    child.stderr.setEncoding("utf8").on("data", tell);
    running.exited.then((code) => reject(new Error(`npm start ended with ${code}:\n${running.output}`)));
    setTimeout(() => reject(new Error(`not ready after 180 s:\n${running.output}`)), 180_000).unref();
  });
  return running;
}

/** A process and all below it, as numbers. */
function treeOf(pid) {
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)]);
  const below = (parent) =>
    parents.filter(([, its]) => its === parent).flatMap(([its]) => [its, ...below(its)]);
  return [pid, ...below(pid)];
}

function parentOf(pid) {
  try {
    // The second field is the command in brackets, which may hold blanks.
    return Number(
      readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ")[1],
    );
  } catch {
    return -1;
  }
}

const isAlive = (pid) => {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
};

async function stop(running, kill) {
  const tree = treeOf(running.child.pid);
  assert.ok(tree.length > 1, "npm start has no process below it");
  kill(running.child.pid);
  const deadline = Date.now() + 20_000;
  while (tree.some(isAlive) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  const left = tree.filter(isAlive);
  for (const pid of left) process.kill(pid, "SIGKILL");
  assert.deepEqual(left, [], "processes were left behind");
}

/** The curl commands among the lines printed, each with its continued lines. */
function printedCommands(output) {
  return [...output.matchAll(/^[ \t]*(curl (?:.*\\\r?\n)*.*)$/gm)].map((match) => match[1]);
}

async function runShell(command) {
  const { stdout } = await promisify(execFile)("sh", ["-c", command], { timeout: 60_000 });
  return stdout;
}

const first = await start();
const address = await check("`npm start` becomes ready", () => first.ready);
if (address !== undefined) {
  const commands = await check("it prints two commands", () => {
    const found = printedCommands(first.output);
    assert.ok(found.length >= 2, `found ${found.length} in:\n${first.output}`);
    return found;
  });
  const stored = await check("the first one stores a relay", async () => {
    const answer = JSON.parse(await runShell(commands[0]));
    assert.equal(answer.password_set, true, JSON.stringify(answer));
    assert.equal(answer.verified, true, JSON.stringify(answer));
    return answer;
  });
  const command = commands?.[1]?.replaceAll(/PROVIDER_ID|\$\{?PROVIDER_ID\}?|<id>/g, stored?.id);
  await check("the second one sends a message", async () => {
    const answer = JSON.parse(await runShell(command));
    assert.equal(answer.ok ?? answer.verdict === "pass", true, JSON.stringify(answer));
  });
  await check("the message is there to read", async () => {
    const answer = await (await fetch(`${address}/sandbox/messages`)).json();
    const messages = answer.messages ?? answer.data ?? answer;
    assert.equal(messages.length, 1, JSON.stringify(answer).slice(0, 500));
    assert.doesNotMatch(JSON.stringify(answer), /getfluxly\.com/i);
  });
}
await check("SIGTERM to npm ends it without orphans", () =>
  stop(first, (pid) => process.kill(pid, "SIGTERM")),
);

const second = await start();
const again = await check("it starts again on the same data", () => second.ready);
if (again !== undefined) {
  await check("Ctrl-C ends it without orphans", () => stop(second, (pid) => process.kill(-pid, "SIGINT")));
}
rmSync(dataFolder, { recursive: true, force: true });

if (process.argv[2] !== undefined) writeFileSync(process.argv[2], JSON.stringify(report));
process.exitCode = report.numFailedTests > 0 ? 1 : 0;
