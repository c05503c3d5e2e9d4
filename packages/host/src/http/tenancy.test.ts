import { type SandboxRelay, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestHost, type TestHost } from "../__fixtures__/open-test-host.js";
import { providerBody } from "../__fixtures__/provider-body.js";

let relay: SandboxRelay;
let host: TestHost;
let own: string;
let foreign: string;
let deleted: string;

beforeAll(async () => {
  relay = await startSandboxRelay();
  host = await openTestHost({ certificateAuthorities: [relay.certificateAuthority] });
  const create = async (project: string, key: string): Promise<string> => {
    const path = `/v1/projects/${project}/email-providers`;
    return (
      await host.call("POST", path, { key, body: providerBody(relay, { display_name: `of ${project}` }) })
    ).body.id;
  };
  own = await create("demo", host.key);
  foreign = await create("foreign", host.foreignKey);
  deleted = await create("demo", host.key);
  await host.call("DELETE", `/v1/email-providers/${deleted}`);
});
afterAll(() => relay.close());

interface Route {
  readonly method: string;
  readonly path: (id: string) => string;
  readonly body?: unknown;
  readonly unknown: string;
}

const routes: readonly Route[] = [
  { method: "GET", path: (id) => `/v1/projects/${id}/email-providers`, unknown: "project-unknown" },
  {
    method: "POST",
    path: (id) => `/v1/projects/${id}/email-providers`,
    // Not even valid: what is unknown is not looked into.
    body: { provider: 1 },
    unknown: "project-unknown",
  },
  { method: "GET", path: (id) => `/v1/email-providers/${id}`, unknown: "email-provider-unknown" },
  { method: "DELETE", path: (id) => `/v1/email-providers/${id}`, unknown: "email-provider-unknown" },
  {
    method: "POST",
    path: (id) => `/v1/email-providers/${id}/test`,
    body: { to: "someone@example.net" },
    unknown: "email-provider-unknown",
  },
];

const malformed = [
  "%00",
  "a%00b",
  "..%2fdemo",
  "'%20or%20'1'='1",
  "%E0%A4%A",
  "a".repeat(65),
  "a".repeat(5000),
  "demo%0A",
  "epr_%F0%9F%98%80",
  "*",
];

beforeEach(async () => {
  await relay.waitForNoConnections();
  relay.clear();
});

describe.each(routes)("$method $unknown", ({ method, path, body, unknown }) => {
  const isProjectRoute = unknown === "project-unknown";

  test("another workspace's, a deleted, an unknown and a malformed id get one and the same answer", async () => {
    const before = await host.countProviders();
    const ids = [
      isProjectRoute ? "foreign" : foreign,
      deleted,
      "nothing",
      "epr_00000000000000000000000000",
      ...malformed,
    ];
    for (const id of ids) {
      const answer = await host.call(method, path(id), { body });
      const { request_id, ...problem } = answer.body;
      expect([id, answer.status, problem.code]).toEqual([id, 404, unknown]);
      const { request_id: _, ...reference } = (await host.call(method, path("nothing"), { body })).body;
      expect(problem).toEqual(reference);
    }
    expect(await host.countProviders()).toBe(before);
    expect(relay.connections.length).toBe(0);
  });

  test("without a key, with a revoked or with a made-up one: 401, for what exists and what does not", async () => {
    const before = await host.countProviders();
    const answers = [];
    for (const key of [null, host.revokedKey, "gf_live_0123456789abcdefghijklmnop", `${host.key}x`]) {
      for (const id of [isProjectRoute ? "demo" : own, "nothing"]) {
        const {
          body: { request_id, ...problem },
          status,
        } = await host.call(method, path(id), { key, body });
        answers.push({ status, ...problem });
      }
    }
    expect(answers).toEqual(
      answers.map(() => expect.objectContaining({ status: 401, code: "authentication-missing" })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await host.countProviders()).toBe(before);
    expect(relay.connections.length).toBe(0);
  });
});

test("connectors need a key, whosever", async () => {
  const statuses = [];
  for (const key of [host.key, host.foreignKey, host.revokedKey, null]) {
    statuses.push((await host.call("GET", "/v1/connectors", { key })).status);
  }
  expect(statuses).toEqual([200, 200, 401, 401]);
});

test("each workspace sees and reaches its own", async () => {
  const names = async (project: string, key: string) =>
    (await host.call("GET", `/v1/projects/${project}/email-providers`, { key })).body.data.map(
      ({ display_name }: { display_name: string }) => display_name,
    );
  expect(await names("demo", host.key)).toEqual(["of demo"]);
  expect(await names("second", host.key)).toEqual([]);
  expect(await names("foreign", host.foreignKey)).toEqual(["of foreign"]);
  const path = `/v1/email-providers/${foreign}`;
  expect((await host.call("GET", path, { key: host.foreignKey })).status).toBe(200);
  const answer = await host.call("POST", `${path}/test`, {
    key: host.foreignKey,
    body: { to: "a@example.net" },
  });
  expect(answer.body.verdict).toBe("pass");
});

test("a key dies at once when it is revoked, and only that key", async () => {
  const { key, id } = await host.administration.createApiKey({ workspaceId: "alpha", label: "short" });
  const status = async () => (await host.call("GET", "/v1/connectors", { key })).status;
  expect(await status()).toBe(200);
  expect(await host.administration.revokeApiKey({ workspaceId: "beta", id })).toBe(false);
  expect(await status()).toBe(200);
  expect(await host.administration.revokeApiKey({ workspaceId: "alpha", id })).toBe(true);
  expect(await status()).toBe(401);
  expect((await host.call("GET", "/v1/connectors")).status).toBe(200);
});

test("the last route: another workspace cannot delete, the owner can, once", async () => {
  const path = `/v1/email-providers/${own}`;
  expect((await host.call("DELETE", path, { key: host.foreignKey })).status).toBe(404);
  expect((await host.call("GET", path)).status).toBe(200);
  const gone = await host.call("DELETE", path);
  expect([gone.status, gone.text]).toEqual([204, ""]);
  expect((await host.call("DELETE", path)).status).toBe(404);
  expect((await host.call("GET", path)).status).toBe(404);
});
