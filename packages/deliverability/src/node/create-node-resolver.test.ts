import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { type Answer, decode, encode } from "dns-packet";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createNodeResolver } from "./create-node-resolver.js";

const answers: Record<string, readonly Answer[]> = {
  "a.example": [{ type: "A", name: "a.example", data: "192.0.2.1" }],
  "aaaa.example": [{ type: "AAAA", name: "aaaa.example", data: "2001:db8::1" }],
  "alias.example": [
    { type: "CNAME", name: "alias.example", data: "a.example" },
    { type: "A", name: "a.example", data: "192.0.2.1" },
  ],
  "mx.example": [{ type: "MX", name: "mx.example", data: { preference: 10, exchange: "a.example" } }],
  "nullmx.example": [{ type: "MX", name: "nullmx.example", data: { preference: 0, exchange: "." } }],
  "ptr.example": [{ type: "PTR", name: "ptr.example", data: "a.example" }],
  "txt.example": [
    { type: "TXT", name: "txt.example", data: ["v=spf1 a:long", ".example -all"] },
    { type: "TXT", name: "txt.example", data: [Buffer.from([0xe9])] },
  ],
  "empty.example": [],
};
const codes: Record<string, number> = { "servfail.example": 2, "refused.example": 5, "nxdomain.example": 3 };

let socket: Socket;
let servers: string[];

beforeAll(async () => {
  socket = createSocket("udp4", (message, from) => {
    const query = decode(message);
    const name = query.questions?.[0]?.name ?? "";
    if (name === "silent.example") return;
    const reply = encode({
      type: "response",
      id: query.id ?? 0,
      flags: 0x8180 | (codes[name] ?? 0),
      questions: query.questions ?? [],
      answers: [...(answers[name] ?? [])],
    });
    socket.send(reply, from.port, from.address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  servers = [`127.0.0.1:${socket.address().port}`];
});
afterAll(() => socket.close());

const resolve = (name: string, type: "A" | "AAAA" | "CNAME" | "MX" | "PTR" | "TXT", signal?: AbortSignal) =>
  createNodeResolver({ servers, timeoutMs: 200, attempts: 1 }).resolve(name, type, signal);

test.each([
  ["a.example", "A", ["192.0.2.1"]],
  ["aaaa.example", "AAAA", ["2001:db8::1"]],
  ["alias.example", "A", ["192.0.2.1"]],
  ["alias.example", "CNAME", ["a.example"]],
  ["mx.example", "MX", ["10 a.example"]],
  ["nullmx.example", "MX", ["0 ."]],
  ["ptr.example", "PTR", ["a.example"]],
  ["txt.example", "TXT", ["v=spf1 a:long.example -all", "\u00e9"]],
  ["a.example.", "A", ["192.0.2.1"]],
] as const)("%s %s", async (name, type, records) => {
  expect(await resolve(name, type)).toEqual({ status: "found", records });
});

test("tells NODATA, NXDOMAIN, SERVFAIL, refusal and silence apart", async () => {
  expect(await resolve("empty.example", "A")).toEqual({ status: "nodata" });
  expect(await resolve("nxdomain.example", "TXT")).toEqual({ status: "nxdomain" });
  expect(await resolve("servfail.example", "A")).toMatchObject({
    status: "temporary",
    reason: expect.stringContaining("SERVFAIL"),
  });
  expect(await resolve("refused.example", "A")).toMatchObject({
    status: "temporary",
    reason: expect.stringContaining("REFUSED"),
  });
  expect(await resolve("silent.example", "A")).toMatchObject({
    status: "temporary",
    reason: expect.stringContaining("in time"),
  });
});

test("an abort ends the question at once", async () => {
  const resolver = createNodeResolver({ servers, timeoutMs: 20_000, attempts: 1 });
  const controller = new AbortController();
  const answer = resolver.resolve("silent.example", "A", controller.signal);
  const start = performance.now();
  controller.abort();
  expect(await answer).toMatchObject({ status: "temporary" });
  expect(performance.now() - start).toBeLessThan(1000);
  expect(await resolver.resolve("a.example", "A", AbortSignal.abort())).toMatchObject({
    status: "temporary",
  });
});
