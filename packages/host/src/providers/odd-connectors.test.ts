import {
  createFailingProvider,
  createMemoryProvider,
  type FailingStep,
} from "@getfluxly/email-conformance/providers";
import { createProviderRegistry } from "@getfluxly/email-core";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { openTestDatabase } from "../__fixtures__/open-test-database.js";
import { openTestHost, type TestHost } from "../__fixtures__/open-test-host.js";
import type { Database } from "../storage/database.js";

const collection = "/v1/projects/demo/email-providers";
let database: Database;
let host: TestHost;
const memory = createMemoryProvider();

beforeAll(async () => {
  database = await openTestDatabase();
  const registry = createProviderRegistry({ memory: memory.definition });
  registry.register("missing", () =>
    Promise.reject(new Error("Cannot find package '@acme/missing' imported from /srv/app")),
  );
  host = await openTestHost({ database, registry });
});
beforeEach(async () => {
  await database.query("delete from email_providers");
  memory.clear();
});

const bodyOf = (provider: string) => ({ provider, display_name: "Odd", from_email: "odd@example.com" });

/** A host whose only connector follows this script. */
async function openFailingHost(script: {
  readonly verifications?: readonly FailingStep[];
  readonly failures?: readonly FailingStep[];
}) {
  const failing = createFailingProvider({ failures: [], ...script });
  return openTestHost({ database, registry: createProviderRegistry({ failing: failing.definition }) });
}

async function createAndTest(failure: FailingStep) {
  const failing = await openFailingHost({ failures: [failure] });
  const { body } = await failing.call("POST", collection, { body: bodyOf("failing") });
  return failing.call("POST", `/v1/email-providers/${body.id}/test`, { body: { to: "someone@example.net" } });
}

test("a connector of any kind is stored and sends; without a login it is not verified", async () => {
  const created = await host.call("POST", collection, { body: { ...bodyOf("memory"), label: "mine" } });
  expect(created.status).toBe(201);
  expect(created.body).toMatchObject({
    provider: "memory",
    label: "mine",
    reachable: true,
    verified: false,
    webhook: { url: "http://host.test/webhooks/memory/demo" },
  });
  const { body } = await host.call("POST", `/v1/email-providers/${created.body.id}/test`, {
    body: { to: "someone@example.net" },
  });
  expect(body).toMatchObject({ verdict: "pass", relay_message_id: "mine-1" });
  expect(memory.sent).toMatchObject([{ from: { address: "odd@example.com" }, messageId: body.message_id }]);
});

test("a connector that cannot be loaded is a fault of the operator: 500, nothing stored, nothing told", async () => {
  const { body, status, text } = await host.call("POST", collection, { body: bodyOf("missing") });
  expect([status, body.code, body.actor]).toEqual([500, "provider-load-failed", "operator"]);
  expect(text).not.toMatch(/acme|srv/);
  expect(host.logLines.join("")).toContain("Cannot find package '@acme/missing'");
  expect(await host.countProviders()).toBe(0);
});

test("the others are still offered", async () => {
  const { body } = await host.call("GET", "/v1/connectors");
  expect(body.data.map(({ id }: { id: string }) => id)).toEqual(["memory"]);
  expect(host.logLines.join("")).toContain('"provider":"missing","code":"provider-load-failed"');
});

test("a stored provider whose connector has gone stays readable and can be deleted; its test says why it fails", async () => {
  const { body } = await host.call("POST", collection, { body: bodyOf("memory") });
  const path = `/v1/email-providers/${body.id}`;
  const bare = await openTestHost({ database, registry: createProviderRegistry({}) });
  expect((await bare.call("GET", path)).status).toBe(200);
  const answer = await bare.call("POST", `${path}/test`, { body: { to: "someone@example.net" } });
  expect(answer.body).toMatchObject({ verdict: "fail", failure: { code: "provider-unknown" } });
  expect((await bare.call("DELETE", path)).status).toBe(204);
});

test("a bug in a connector's verify is not shown, and nothing is stored", async () => {
  const failing = await openFailingHost({
    verifications: [{ throw: new TypeError("x is not a function at secret.ts") }],
  });
  const { body, status, text } = await failing.call("POST", collection, { body: bodyOf("failing") });
  expect([status, body.code]).toEqual([422, "provider-failed"]);
  expect(text).not.toMatch(/not a function|secret\.ts/);
  expect(failing.logLines.join("")).toMatch(/TypeError: x is not a function/);
  expect(await host.countProviders()).toBe(0);
});

test("a refusal by the network policy looks the same whatever the connector tells of it", async () => {
  const refusals: readonly FailingStep[] = [
    { failBeforeHandover: { code: "relay-not-permitted", message: "10.0.0.1 is private", stage: "dns" } },
    {
      failBeforeHandover: {
        code: "relay-not-permitted",
        message: "no",
        stage: "tcp",
        remedy: "ask for 10.0.0.0/8",
        reply: { code: 220, text: "db.internal ESMTP" },
        issues: [{ path: "smtp_host", message: "resolves to 10.0.0.1" }],
      },
    },
  ];
  const failing = await openFailingHost({ verifications: refusals });
  const answers: unknown[] = [];
  for (const _ of refusals) {
    const { body, status } = await failing.call("POST", collection, { body: bodyOf("failing") });
    const { request_id, ...problem } = body;
    answers.push({ status, ...problem });
  }
  expect(answers[1]).toEqual(answers[0]);
  expect(JSON.stringify(answers)).not.toMatch(/10\.0|internal/);
});

test("a connector that ignores the abort does not hold the answer back", async () => {
  const failing = await openFailingHost({ verifications: [{ hang: "for-ever" }] });
  const answering = failing.call("POST", collection, { body: bodyOf("failing") });
  await failing.close();
  expect((await answering).status).toBe(503);
  expect(await host.countProviders()).toBe(0);
});

test.each<[string, FailingStep, string, string]>([
  [
    "before the handover, for good",
    { failBeforeHandover: { code: "sender-refused" } },
    "fail",
    "sender-refused",
  ],
  [
    "before the handover, for now",
    { failBeforeHandover: { code: "relay-deferred" } },
    "inconclusive",
    "relay-deferred",
  ],
  [
    "after the handover",
    { failAfterHandover: { code: "outcome-unknown" } },
    "inconclusive",
    "outcome-unknown",
  ],
  ["by a bug", { throw: new Error("boom") }, "inconclusive", "provider-failed"],
])("a test that fails %s", async (_, step, verdict, code) => {
  const { body, status } = await createAndTest(step);
  expect([status, body.verdict, body.failure.code]).toEqual([200, verdict, code]);
  expect(body.message_id).toMatch(/@example\.com$/);
});
