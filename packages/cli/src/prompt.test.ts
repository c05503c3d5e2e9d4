import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildProgram } from "./__fixtures__/build-program.js";
import { exitCodes } from "./index.js";

/** `script` of util-linux gives a program a terminal of its own. */
const hasScript = spawnSync("script", ["--version"]).stdout?.includes("util-linux") === true;
if (!hasScript) console.log("Prompts are not tested: there is no `script` of util-linux here.");

const secret = "s3cret-Passw0rd!";
let program: Awaited<ReturnType<typeof buildProgram>>;
beforeAll(async () => {
  program = await buildProgram();
});
afterAll(() => program.remove());

/** Types each answer as soon as its question is shown. */
async function typeAt(
  args: readonly string[],
  answers: readonly (readonly [question: string, answer: string])[],
) {
  const command = [process.execPath, program.path, ...args].map((part) => `'${part}'`).join(" ");
  const child = spawn("script", ["--quiet", "--flush", "--return", "--command", command, "/dev/null"], {
    env: { PATH: process.env.PATH ?? "", TERM: "xterm" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const left = [...answers];
  let shown = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
    const [next] = left;
    if (next === undefined || !shown.includes(next[0])) return;
    left.shift();
    child.stdin.write(next[1]);
  });
  const [code] = await once(child, "close");
  return { code, shown };
}

describe.skipIf(!hasScript)("at a terminal", () => {
  test("what is missing is asked for, in colour, and the secret is not shown", async () => {
    await using relay = await startSandboxRelay({ users: { me: secret } });
    const ca = `${program.path}.pem`;
    await writeFile(ca, relay.certificateAuthority);
    const args = ["doctor", "--host", "127.0.0.1", "--port", String(relay.port), "--ca", ca];
    const { code, shown } = await typeAt(args, [
      ["User name: ", "me\r"],
      ["Password (not shown): ", `${secret}\r`],
      ["From address: ", "me@example.test\r"],
    ]);
    expect(shown).toMatch(/PASS: nothing was sent/);
    expect(code).toBe(exitCodes.ok);
    expect(shown).not.toContain(secret);
    expect(shown).toContain(`${String.fromCharCode(27)}[32m`);
  });

  test("Ctrl-C at a question ends with 130", async () => {
    const args = ["doctor", "--relay", "postmark", "--from", "me@example.test"];
    const { code, shown } = await typeAt(args, [["(not shown): ", "\u0003"]]);
    expect(code).toBe(exitCodes.interrupted);
    expect(shown).not.toMatch(/Error/);
  });
});
