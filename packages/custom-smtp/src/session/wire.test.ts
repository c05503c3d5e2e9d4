import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startScriptedRelay } from "../__fixtures__/scripted-relay.js";
import { createWire, type Wire } from "./wire.js";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test.each<[string, (wire: Wire, abort: () => void) => unknown]>([
  ["destroyed", (wire) => wire.destroy()],
  ["aborted", (_wire, abort) => abort()],
  ["handed over", (wire) => wire.detach().destroy()],
  ["quit", (wire) => wire.quit(1_000)],
])("a wire that is %s leaves no timer, even an idle one", async (_how, end) => {
  await using relay = await startScriptedRelay({ answer: () => (socket) => socket.end("221 Bye\r\n") });
  const socket = connect(relay.port, "127.0.0.1");
  await once(socket, "connect");
  const controller = new AbortController();
  const wire = createWire(socket, { signal: controller.signal, expectsGreeting: true });
  await wire.reply(60_000);
  expect(vi.getTimerCount()).toBe(1);
  await end(wire, () => controller.abort());
  expect(vi.getTimerCount()).toBe(0);
  await relay.allClosed();
});

test("what is said in one turn leaves at its end, in one piece", async () => {
  const pieces: string[] = [];
  await using relay = await startScriptedRelay({
    greeting: (peer) => peer.on("data", (piece) => pieces.push(piece.toString())),
  });
  const socket = connect(relay.port, "127.0.0.1");
  await once(socket, "connect");
  const wire = createWire(socket, { signal: new AbortController().signal, expectsGreeting: false });
  wire.command(Buffer.from("the content\r\n"), 0);
  wire.command(".\r\n");
  expect(socket.writableLength).toBe(16);
  await vi.waitFor(() => expect(pieces).toEqual(["the content\r\n.\r\n"]));
  wire.destroy();
});
