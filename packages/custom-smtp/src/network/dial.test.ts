import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "vitest";
import { dial } from "./dial.js";

async function listen(host: string) {
  let accepted = 0;
  const server = createServer((socket) => {
    accepted += 1;
    socket.on("error", () => undefined).end();
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    accepted: () => accepted,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

test("tries the vetted addresses in turn", async () => {
  await using server = await listen("127.0.0.1");
  const socket = await dial(["127.0.0.9", "127.0.0.1"], server.port, AbortSignal.timeout(5_000));
  expect(socket.remoteAddress).toBe("127.0.0.1");
  socket.destroy();
});

test("dials nothing but the vetted addresses", async () => {
  await using other = await listen("127.0.0.1");
  await expect(dial(["127.0.0.9"], other.port, AbortSignal.timeout(5_000))).rejects.toMatchObject({
    code: "ECONNREFUSED",
  });
  expect(other.accepted()).toBe(0);
});

test("an abort before or while dialling leaves no socket", async () => {
  const reason = new Error("enough");
  await expect(dial(["127.0.0.1"], 9, AbortSignal.abort(reason))).rejects.toBe(reason);
  const controller = new AbortController();
  // A full backlog would be needed to keep a loopback connect waiting; aborting in the same tick is as early as it gets.
  const dialled = dial(["127.0.0.1"], 9, controller.signal);
  controller.abort(reason);
  await expect(dialled).rejects.toBe(reason);
});
