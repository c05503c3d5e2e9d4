import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { type GuardedProcessOptions, startGuardedProcess } from "./__fixtures__/guarded-process.js";

/** A program that lives until it is ended, and has a child; each of the two is seen by the connection it holds open. */
async function createFamily(): Promise<{ options: GuardedProcessOptions; alive: () => number }> {
  const connections = new Set<Socket>();
  const server = createServer((socket) => {
    connections.add(socket);
    socket.on("error", () => undefined).on("close", () => connections.delete(socket));
    socket.resume();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const folder = await mkdtemp(join(tmpdir(), "guarded-"));
  onTestFinished(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  const { port } = server.address() as AddressInfo;
  const child = `require("node:net").connect(${port}, "127.0.0.1");`;
  const parent = `${child} require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}]);`;
  return {
    options: {
      command: process.execPath,
      arguments: ["-e", parent],
      outputFile: join(folder, "output"),
    },
    alive: () => connections.size,
  };
}

const patience = { timeout: 10_000 };

test("ends a daemon and its children", async () => {
  const { options, alive } = await createFamily();
  const daemon = await startGuardedProcess(options);
  await vi.waitFor(() => expect(alive()).toBe(2), patience);
  await daemon.stop();
  await vi.waitFor(() => expect(alive()).toBe(0), patience);
});

test("says that a daemon has ended by itself", async () => {
  const { options } = await createFamily();
  const daemon = await startGuardedProcess({ ...options, arguments: ["-e", "0"] });
  await daemon.ended;
  await daemon.stop();
});

test("rejects for a program that does not exist", async () => {
  const { options } = await createFamily();
  await expect(startGuardedProcess({ ...options, command: "no-such-program" })).rejects.toThrow("ENOENT");
});

test.skipIf(!process.features.typescript)("ends a daemon whose tests were killed", async () => {
  const { options, alive } = await createFamily();
  const fixture = new URL("__fixtures__/guarded-process.ts", import.meta.url).href;
  const script = `import(${JSON.stringify(fixture)}).then((it) => it.startGuardedProcess(${JSON.stringify(options)}))`;
  const tests = spawn(process.execPath, ["-e", `${script}; setInterval(() => {}, 1000)`], {
    stdio: "ignore",
  });
  await vi.waitFor(() => expect(alive()).toBe(2), patience);
  tests.kill("SIGKILL");
  await vi.waitFor(() => expect(alive()).toBe(0), patience);
});
