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
  // Whatever goes wrong here, nothing outlives this script.
  process.on("exit", () => killGroup(child.pid));
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

function killGroup(pid) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It is gone, as it should be.
  }
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

/** What a newcomer pastes: the printed paragraphs that are shell commands. */
const printedCommands = (output) => output.split(/\r?\n\s*\n/).filter((block) => /^curl /.test(block));

/** Runs the commands one after the other in one shell, as if pasted, and resolves with what each one wrote. */
async function paste(commands) {
  const files = commands.map((_, index) => join(dataFolder, `pasted-${index}`));
  // Into files, by appending: a shell cannot open /dev/stderr again when it is a pipe that Node made.
  const script = commands.map((command, index) => `{ ${command}\n} >> ${files[index]} 2>&1`).join("\n");
  await promisify(execFile)("sh", ["-c", script], { timeout: 60_000 });
  return files.map((file) => readFileSync(file, "utf8"));
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const first = await start();
const address = await check("`npm start` becomes ready", () => first.ready);
if (address !== undefined) {
  const answers = await check("the commands that it prints can be pasted", () => {
    const commands = printedCommands(first.output);
    assert.equal(commands.length, 3, `found ${commands.length} in:\n${first.output}`);
    return paste(commands);
  });
  const [stored, test, messages] = (answers ?? []).map(parse);
  await check("the first one has stored a relay", () => {
    assert.equal(stored?.password_set, true, answers?.[0]);
    assert.equal(stored.verified, true, answers[0]);
  });
  await check("the second one has sent a message", () => {
    assert.equal(test?.verdict, "pass", answers?.[1]);
  });
  await check("the third one shows it", () => {
    assert.equal(messages?.data.length, 1, answers?.[2]);
    assert.equal(messages.data[0].headers["message-id"][0], `<${test.message_id}>`, answers[2]);
    assert.doesNotMatch(answers[2], /getfluxly\.com/i);
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
