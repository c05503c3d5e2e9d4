import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { buffer } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { startDelayProxy } from "./delay-proxy.js";

/** A server that sends everything back, behind a delay. */
async function openEcho(roundTripMs: number) {
  const server = createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const proxy = await startDelayProxy({ targetPort: (server.address() as AddressInfo).port, roundTripMs });
  onTestFinished(async () => {
    await proxy.close();
    server.close();
  });
  return connect({ host: "127.0.0.1", port: proxy.port, allowHalfOpen: true });
}

test("brings every byte there and back in order, and the end behind them", async () => {
  const socket = await openEcho(4);
  const parts = Array.from({ length: 200 }, (_, index) => `${index},`.repeat(1 + index * 7));
  for (const part of parts) socket.write(part);
  socket.end();
  expect((await buffer(socket)).toString()).toBe(parts.join(""));
});

test("takes the round trip for each question", async () => {
  const socket = await openEcho(40);
  await once(socket, "connect");
  const startedAt = performance.now();
  for (const question of ["one", "two", "three"]) {
    socket.write(question);
    expect(String((await once(socket, "data"))[0])).toBe(question);
  }
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(3 * 40);
  socket.destroy();
});

test("does not make what is pipelined wait for each other", async () => {
  const socket = await openEcho(100);
  await once(socket, "connect");
  const startedAt = performance.now();
  for (let index = 0; index < 20; index++) {
    socket.write(`${index}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  socket.end();
  await buffer(socket);
  // Twenty round trips would be two seconds.
  expect(performance.now() - startedAt).toBeLessThan(1500);
});
