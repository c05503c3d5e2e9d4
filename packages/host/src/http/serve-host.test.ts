import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { type SandboxRelay, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openTestHost, type TestHost } from "../__fixtures__/open-test-host.js";
import { providerBody } from "../__fixtures__/provider-body.js";
import { type HostServer, serveHost } from "./serve-host.js";

const collection = "/v1/projects/demo/email-providers";
let relay: SandboxRelay;
let host: TestHost;
let server: HostServer;

beforeAll(async () => {
  relay = await startSandboxRelay();
  host = await openTestHost({ certificateAuthorities: [relay.certificateAuthority] });
  server = await serveHost(host, { port: 0, hostname: "127.0.0.1" });
});
beforeEach(() => relay.setFaults([]));
afterAll(async () => {
  await server.close();
  await relay.close();
});

const post = (body: BodyInit, signal?: AbortSignal) =>
  fetch(server.url + collection, {
    method: "POST",
    headers: { authorization: `Bearer ${host.key}`, "content-type": "application/json" },
    body,
    ...(signal && { signal }),
  });

/** Bytes to the server and all that comes back until it closes. */
async function exchange(text: string): Promise<string> {
  const socket = connect(server.port, "127.0.0.1");
  socket.end(text);
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  await once(socket, "close");
  return Buffer.concat(chunks).toString();
}

test("the address is the one that works, and a provider is created over HTTP", async () => {
  expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
  const response = await post(JSON.stringify(providerBody(relay)));
  expect(response.status).toBe(201);
  expect(await response.json()).toMatchObject({
    verified: true,
    webhook: { url: `${server.url}/webhooks/smtp/demo` },
  });
  expect(response.headers.get("x-request-id")).toMatch(/^req_/);
});

test("2 MB with a length: 413, read by the client although it had not sent all", async () => {
  const answer = await new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const call = request(server.url + collection, {
      method: "POST",
      headers: {
        authorization: `Bearer ${host.key}`,
        "content-type": "application/json",
        "content-length": 2_000_000,
      },
    });
    call.on("response", async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode, text });
      call.destroy();
    });
    call.on("error", reject);
    call.write("x".repeat(1000));
  });
  expect([answer.status, JSON.parse(answer.text).code]).toEqual([413, "body-too-large"]);
});

test("2 MB in chunks: 413, and the server goes on", async () => {
  const answer = await post(`{"provider":"${"x".repeat(2_000_000)}"}`);
  expect([answer.status, (await answer.json()).code]).toEqual([413, "body-too-large"]);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
});

test("a body that breaks off is refused or dropped, and nothing is stored", async () => {
  const before = await host.countProviders();
  const head = [
    `POST ${collection} HTTP/1.1`,
    "Host: x",
    `Authorization: Bearer ${host.key}`,
    "Content-Type: application/json",
    "Content-Length: 500",
  ].join("\r\n");
  const answer = await exchange(`${head}\r\n\r\n{"provider":`);
  expect(answer).not.toMatch(/^HTTP\/1\.1 (?:2|500)/);
  expect(await host.countProviders()).toBe(before);
});

test("headers that cannot be read are a 400 problem", async () => {
  const answer = await exchange("GET /healthz HTTP/1.1\r\nHost: a b/c\r\nConnection: close\r\n\r\n");
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain('"code":"request-invalid"');
});

test("a client that hangs up ends the verification: the relay's connection closes and nothing is stored", async () => {
  const before = await host.countProviders();
  relay.setFaults([{ at: "auth", do: { stall: true } }]);
  const caller = new AbortController();
  const answering = post(JSON.stringify(providerBody(relay)), caller.signal).catch(
    (error: Error) => error.name,
  );
  await relay.waitForFault("auth");
  caller.abort();
  expect(await answering).toBe("AbortError");
  await relay.waitForNoConnections();
  expect(await host.countProviders()).toBe(before);
  const logged = host.logLines.map((line) => JSON.parse(line)).filter(({ code }) => code === "client-closed");
  expect(logged).toMatchObject([{ status: 499, route: "/v1/projects/:project_id/email-providers" }]);
});

test("a taken port is one clear sentence", async () => {
  await expect(serveHost(host, { port: server.port, hostname: "127.0.0.1" })).rejects.toThrow(
    `Another program already uses port ${server.port} on 127.0.0.1: stop it, or set PORT to another one (0 = any).`,
  );
});

test("closing answers what runs, closes idle connections, and frees the port", async () => {
  const closing = await openTestHost({
    database: host.database,
    certificateAuthorities: [relay.certificateAuthority],
  });
  const other = await serveHost(closing, { port: 0, hostname: "127.0.0.1" });
  relay.setFaults([{ at: "auth", do: { stall: true } }]);
  await (await fetch(`${other.url}/healthz`)).text();
  const answering = fetch(other.url + collection, {
    method: "POST",
    headers: { authorization: `Bearer ${closing.key}`, "content-type": "application/json" },
    body: JSON.stringify(providerBody(relay)),
  });
  await relay.waitForFault("auth");
  await Promise.all([closing.close(), other.close()]);
  expect((await answering).status).toBe(503);
  await expect(fetch(`${other.url}/healthz`)).rejects.toThrow();
  await relay.waitForNoConnections();
});
