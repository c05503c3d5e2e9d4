import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { type Answer, startScriptedRelay, usualAnswers } from "../__fixtures__/scripted-relay.js";

const faults: Readonly<Record<string, Answer>> = {
  silence: () => undefined,
  drop: (socket) => socket.destroy(),
  "421": (socket) => socket.end("421 4.3.2 Closing\r\n"),
  garbage: "banana\r\n",
};
const steps = ["greeting", "EHLO", "MAIL", "RCPT", "DATA", "."];

/** Each port meets its fault, ended by a deadline, by an abort, and by a forced close. No pool is closed otherwise. */
const program = `
  import { openPool, toConsignment } from "./src/__fixtures__/deliver.ts";
  for (const port of process.argv[1].split(",").map(Number)) {
    await openPool(port).submit(toConsignment({}), 100).outcome.catch(() => undefined);
    const aborting = openPool(port);
    const delivery = aborting.submit(toConsignment({}), 60_000);
    setTimeout(() => aborting.end(delivery, new Error("aborted")), 50);
    const closing = openPool(port);
    const other = closing.submit(toConsignment({}), 60_000);
    setTimeout(() => closing.close({ force: true }), 50);
    await Promise.allSettled([delivery.outcome, other.outcome]);
  }
  console.log("settled");
`;

test("whatever a relay does at any step, a process whose messages have settled ends by itself", async () => {
  const relays = await Promise.all(
    Object.values(faults).flatMap((fault) =>
      steps.map((step) =>
        step === "greeting"
          ? startScriptedRelay({ greeting: fault, answer: usualAnswers() })
          : startScriptedRelay({ answer: usualAnswers({ [step]: fault }) }),
      ),
    ),
  );
  const root = new URL("../..", import.meta.url).pathname;
  const hooks = new URL("../../../host/src/__fixtures__/source-hooks.mjs", import.meta.url).pathname;
  const ports = relays.map(({ port }) => port).join(",");
  const child = spawn(
    process.execPath,
    ["--import", hooks, "--input-type=module", "--eval", program, ports],
    { cwd: root, stdio: ["ignore", "pipe", "inherit"], timeout: 60_000 },
  );
  let settledAt = Number.NaN;
  child.stdout.once("data", () => {
    settledAt = performance.now();
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", (status) => resolve(status)));
  expect(await text(child.stdout)).toBe("settled\n");
  expect(await ended).toBe(0);
  // The longest that may be left is the time a relay has to answer QUIT.
  expect(performance.now() - settledAt).toBeLessThan(5_000);
  for (const relay of relays) await relay[Symbol.asyncDispose]();
}, 90_000);
