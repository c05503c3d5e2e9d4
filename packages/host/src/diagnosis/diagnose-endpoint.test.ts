import { type SandboxRelay, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHost, type TestHost } from "../__fixtures__/open-test-host.js";
import { providerBody } from "../__fixtures__/provider-body.js";

const path = "/v1/projects/demo/email-providers/diagnose";
let relay: SandboxRelay;
let host: TestHost;
beforeAll(async () => {
  relay = await startSandboxRelay();
  host = await openTestHost({ certificateAuthorities: [relay.certificateAuthority ?? ""] });
});
afterAll(() => relay.close());

const body = (changes: Readonly<Record<string, unknown>> = {}) =>
  providerBody(relay, { smtp_host: "localhost", ...changes });

test("settings that work: the report, and nothing stored", async () => {
  const { status, body: report } = await host.call("POST", path, { body: body() });
  expect(status).toBe(200);
  expect(report).toMatchObject({ type: "report", verdict: "pass", mode: "dry_run" });
  expect(report.started_at).toMatch(/^\d{4}-/);
  expect(await host.countProviders()).toBe(0);
});

test("stage by stage as a stream", async () => {
  const { headers, text } = await host.call("POST", path, {
    body: body(),
    headers: { accept: "text/event-stream" },
  });
  expect(headers.get("content-type")).toContain("text/event-stream");
  const events = text
    .trim()
    .split("\n\n")
    .map((event) => event.split("\n").map((line) => line.replace(/^\w+: /, "")));
  expect(events.map(([name]) => name)).toEqual([
    ...Array.from({ length: events.length - 1 }, () => "stage"),
    "report",
  ]);
  expect(JSON.parse(events.at(-1)?.[1] ?? "")).toMatchObject({ verdict: "pass" });
  expect(events.map(([, data]) => JSON.parse(data ?? "").stage)).toContain("tls");
});

test("settings that do not: why, what to do, and no password", async () => {
  const { body: report, text } = await host.call("POST", path, {
    body: body({ password: "wrong-password" }),
  });
  expect(report).toMatchObject({
    verdict: "fail",
    failed_stage: "auth",
    diagnosis: { rule_id: "auth.invalid", actor: "configuration", place: "form" },
    failure: { code: "authentication-failed" },
  });
  expect(text).not.toContain("wrong-password");
});

test("settings that are no settings are the first stage, not an error of the request", async () => {
  const { status, body: report } = await host.call("POST", path, {
    body: { provider: "smtp", smtp_host: 17 },
  });
  expect([status, report.verdict, report.failed_stage]).toEqual([200, "fail", "config"]);
});

test.each([
  ["an unknown connector", { provider: "nobody" }, "provider"],
  ["an unknown mode", { mode: "guess" }, "mode"],
])("%s is refused", async (_what, changes, field) => {
  const { status, body: problem } = await host.call("POST", path, { body: body(changes) });
  expect([status, problem.issues[0].path]).toEqual([422, field]);
});

test("a network that is not allowed gets one answer, whatever is behind it", async () => {
  const strict = await openTestHost({
    relayNetwork: { permitsAddress: () => false, permitsPlaintext: () => false },
  });
  const ports = [relay.port, 9, 22];
  const answers = await Promise.all(
    ports.map((smtp_port) => strict.call("POST", path, { body: body({ smtp_port }) })),
  );
  const texts = answers.map(({ body: report }) => JSON.stringify({ ...report, started_at: "" }));
  expect(new Set(texts).size).toBe(1);
  expect(answers[0]?.body).toMatchObject({ verdict: "blocked_by_policy", ms: 0 });
});

test("what create refuses comes with its diagnosis", async () => {
  const { status, body: problem } = await host.call("POST", "/v1/projects/demo/email-providers", {
    body: body({ smtp_secure: "ssl" }),
  });
  expect(status).toBe(422);
  expect(problem).toMatchObject({
    code: "tls-failed",
    diagnosis: {
      rule_id: "tls.wrong_version_number",
      confidence: "confirmed",
      suggested_patch: { set: { smtp_port: relay.port, smtp_secure: "starttls" }, verified: true },
    },
  });
  expect(await host.countProviders()).toBe(0);
});

test("without a key, or for another workspace's project, nothing is tried", async () => {
  const before = relay.connections.length;
  expect((await host.call("POST", path, { body: body(), key: null })).status).toBe(401);
  expect((await host.call("POST", path, { body: body(), key: host.foreignKey })).status).toBe(404);
  expect(relay.connections.length).toBe(before);
});

test("a test that fails is explained: by the relay's words, and by a look around where it did not come so far", async () => {
  const created = await host.call("POST", "/v1/projects/second/email-providers", { body: body() });
  const send = async () =>
    (
      await host.call("POST", `/v1/email-providers/${created.body.id}/test`, {
        body: { to: "anna@example.net" },
      })
    ).body;
  relay.setFaults([
    {
      at: "end-of-data",
      do: { reply: "550 5.7.60 SMTP; Client does not have permissions to send as this sender" },
    },
  ]);
  expect(await send()).toMatchObject({
    verdict: "fail",
    diagnosis: { rule_id: "mailfrom.send_as_denied", confidence: "confirmed" },
  });
  relay.setFaults([{ at: "ehlo", do: { raw: "250-mx.test\r\n250-XXXXXXXA\r\n250 PIPELINING\r\n" } }]);
  expect((await send()).diagnosis).toMatchObject({
    rule_id: "starttls.stripped_by_firewall",
    place: "own_network",
  });
  relay.setFaults([]);
});
