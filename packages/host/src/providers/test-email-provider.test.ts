import { type SandboxRelay, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { createVault, parseMasterKeys } from "@getfluxly/email-core/vault";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openTestHost, type TestHost } from "../__fixtures__/open-test-host.js";
import { providerBody } from "../__fixtures__/provider-body.js";

let relay: SandboxRelay;
let host: TestHost;
let id: string;

beforeAll(async () => {
  relay = await startSandboxRelay({ rejectRecipients: { "nobody@example.net": "550 5.1.1 No such user" } });
  host = await openTestHost({ certificateAuthorities: [relay.certificateAuthority] });
  const body = providerBody(relay, {
    display_name: 'Relay <1> & "friends"',
    from_name: "News",
    reply_to: "help@example.com",
  });
  id = (await host.call("POST", "/v1/projects/demo/email-providers", { body })).body.id;
});
beforeEach(async () => {
  relay.setFaults([]);
  await relay.waitForNoConnections();
  relay.clear();
});
afterAll(() => relay.close());

const runTest = (body: unknown = { to: "someone@example.net" }) =>
  host.call("POST", `/v1/email-providers/${id}/test`, { body });

test("a real message arrives, in text and HTML, and the answer tells how to find it", async () => {
  const { body, status } = await runTest();
  expect(status).toBe(200);
  const [message] = relay.messages;
  expect(body).toEqual({
    verdict: "pass",
    message_id: message?.parsed.messageId,
    relay_message_id: message?.id,
    accepted: ["someone@example.net"],
    rejected: [],
    response: expect.stringMatching(/^250 /),
    warnings: [],
    duration_ms: expect.any(Number),
  });
  expect(message?.envelope).toMatchObject({ from: "news@example.com", to: ["someone@example.net"] });
  expect(message?.parsed).toMatchObject({
    from: [{ address: "news@example.com", name: "News" }],
    to: [{ address: "someone@example.net" }],
    replyTo: [{ address: "help@example.com" }],
    subject: 'Test message from "Relay <1> & "friends""',
    text: expect.stringMatching(/This is a test message.*"Relay <1> & "friends"" \(smtp\)/),
    html: expect.stringContaining("Relay &lt;1&gt; &amp; &quot;friends&quot;"),
  });
  expect(message?.parsed.messageId).toMatch(/^[0-9A-Z]{26}@example\.com$/);
});

test("the host's maker appears in no octet of it", async () => {
  await runTest();
  const text = Buffer.concat(relay.messages.map(({ raw }) => raw)).toString("latin1");
  expect(text.length).toBeGreaterThan(500);
  expect(text.toLowerCase()).not.toContain("getfluxly");
  const transcript = relay.connections.flatMap((connection) =>
    connection.transcript.map((entry) => entry.text),
  );
  expect(transcript.join("\n").toLowerCase()).not.toContain("getfluxly");
});

test("a refused recipient fails, with the relay's words", async () => {
  const { body, status } = await runTest({ to: "nobody@example.net" });
  expect([status, body.verdict, body.accepted, body.response]).toEqual([200, "fail", [], null]);
  expect(body.rejected).toMatchObject([
    { address: "nobody@example.net", permanent: true, reply: { code: 550 } },
  ]);
  expect(body.failure).toMatchObject({
    code: "recipients-refused",
    stage: "rcpt-to",
    actor: "recipient",
    certainty: "not_sent",
    retryable: false,
  });
});

test("a connection lost after the final dot is inconclusive, and the Message-ID to look for is told", async () => {
  relay.setFaults([{ at: "end-of-data", do: { drop: "after" } }]);
  const { body } = await runTest();
  expect([body.verdict, body.failure.code, body.failure.certainty]).toEqual([
    "inconclusive",
    "outcome-unknown",
    "unknown",
  ]);
  const [message] = await relay.waitForMessages(1);
  expect(body.message_id).toBe(message?.parsed.messageId);
});

test("trouble that may pass is inconclusive", async () => {
  relay.setFaults([{ at: "mail-from", do: { reply: "451 4.7.1 Greylisted" } }]);
  const { body } = await runTest();
  expect([body.verdict, body.failure.retryable]).toEqual(["inconclusive", true]);
});

test("a password that the relay no longer takes fails", async () => {
  relay.setFaults([{ at: "auth", do: { reply: "535 5.7.8 Changed yesterday" } }]);
  const { body } = await runTest();
  expect([body.verdict, body.failure.code]).toEqual(["fail", "authentication-failed"]);
});

test("a network that the operator no longer allows is blocked, without a connection", async () => {
  const strict = await openTestHost({
    database: host.database,
    relayNetwork: { permitsAddress: () => false, permitsPlaintext: () => false },
  });
  const path = `/v1/email-providers/${id}/test`;
  const { body, status } = await host.call("GET", `/v1/email-providers/${id}`);
  expect([status, body.verified]).toEqual([200, true]);
  const answer = await strict.call("POST", path, { body: { to: "someone@example.net" } });
  expect([answer.status, answer.body.verdict, answer.body.failure.code]).toEqual([
    200,
    "blocked_by_policy",
    "relay-not-permitted",
  ]);
  expect(relay.connections.length).toBe(0);
});

test("a second test of the same provider waits its turn: 409 while one runs, and none is stuck afterwards", async () => {
  relay.setFaults([{ at: "data", do: { stall: true } }]);
  const caller = new AbortController();
  const first = host.call("POST", `/v1/email-providers/${id}/test`, {
    body: { to: "someone@example.net" },
    signal: caller.signal,
  });
  await relay.waitForFault("data");
  const second = await runTest();
  expect([second.status, second.body.code]).toEqual([409, "test-running"]);
  caller.abort();
  expect((await first).body).toMatchObject({ verdict: "inconclusive", failure: { code: "aborted" } });
  relay.setFaults([]);
  expect((await runTest()).body.verdict).toBe("pass");
});

test.each([
  [{}, "to"],
  [{ to: "someone" }, "to"],
  [{ to: ["someone@example.net"] }, "to"],
  [{ to: "a@example.net, b@example.net" }, "to"],
  [{ to: "a@example.net\r\nDATA" }, "to"],
  [{ to: "a@example.net", cc: "b@example.net" }, "cc"],
])("%j is refused and nothing is sent", async (body, path) => {
  const answer = await runTest(body);
  expect([answer.status, answer.body.code, answer.body.issues[0].path]).toEqual([422, "body-invalid", path]);
  expect(relay.connections.length).toBe(0);
});

test("a stored secret that was moved from another row does not open", async () => {
  const moved = await host.call("POST", "/v1/projects/demo/email-providers", { body: providerBody(relay) });
  await host.database.query(
    "update email_providers set secrets = (select secrets from email_providers where id = $1) where id = $2",
    [id, moved.body.id],
  );
  await relay.waitForNoConnections();
  relay.clear();
  const { body, status } = await host.call("POST", `/v1/email-providers/${moved.body.id}/test`, {
    body: { to: "someone@example.net" },
  });
  expect([status, body.verdict, body.failure.code]).toEqual([200, "fail", "ciphertext-invalid"]);
  expect(relay.connections.length).toBe(0);
});

test("another master key opens nothing, and the answer says who has to act", async () => {
  const other = await openTestHost({
    database: host.database,
    vault: await createVault(parseMasterKeys(btoa("another key of exactly 32 octets"))),
  });
  const answer = await other.call("POST", `/v1/email-providers/${id}/test`, {
    body: { to: "someone@example.net" },
  });
  expect([answer.status, answer.body.verdict]).toEqual([200, "fail"]);
  expect(answer.body.failure).toMatchObject({ code: "key-unknown", stage: "vault", actor: "operator" });
  expect(relay.connections.length).toBe(0);
});

test("nobody listens any more", async () => {
  const gone = await startSandboxRelay();
  const created = await host.call("POST", "/v1/projects/demo/email-providers", { body: providerBody(gone) });
  await gone.close();
  const { body } = await host.call("POST", `/v1/email-providers/${created.body.id}/test`, {
    body: { to: "someone@example.net" },
  });
  expect([body.verdict, body.failure.code, body.failure.stage]).toEqual([
    "inconclusive",
    "connection-failed",
    "tcp",
  ]);
});
