import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { type SandboxRelay, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { createProviderRegistry } from "@getfluxly/email-core";
import { definePreset } from "@getfluxly/email-custom-smtp/preset";
import { sendgridWebhook } from "@getfluxly/email-sendgrid/webhook";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { openTestDatabase } from "../__fixtures__/open-test-database.js";
import { openTestHost, type TestHost } from "../__fixtures__/open-test-host.js";
import { providerBody } from "../__fixtures__/provider-body.js";
import type { Database } from "../storage/database.js";

let relay: SandboxRelay;
let database: Database;
let host: TestHost;
beforeAll(async () => {
  relay = await startSandboxRelay({ tls: "none", authentication: "not_offered" });
  database = await openTestDatabase();
  host = await openTestHost({ database, registry });
});
afterAll(() => relay.close());

/** A relay whose webhook is signed with a key of its own, as SendGrid's is. */
const keySigned = definePreset({
  id: "keyed",
  displayName: "Keyed",
  documentationUrl: "https://docs.example.com",
  configSchema: z.strictObject({ port: z.number() }),
  secretFields: [],
  connection: ({ port }) => ({
    host: "127.0.0.1",
    port,
    tlsMode: "starttls",
    username: "sandbox",
    password: "sandbox-password",
  }),
  credentialSteps: ["None."],
  limits: { tags: 0, metadata: 1 },
  headers: () => [],
  relayMessageId: null,
  delivery: {},
  domainRecords: { source: "https://docs.example.com", verifiedOn: "2026-10-01", dkim: [] },
  facts: [],
  webhook: {
    configSchema: z.strictObject({
      public_keys: z.array(z.string()).min(1),
      tolerance_seconds: z.number().optional(),
    }),
    secretFields: [],
    load: async () => sendgridWebhook,
  },
});
const registry = createProviderRegistry({
  smtp: () => import("@getfluxly/email-custom-smtp"),
  keyed: keySigned,
});

interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
}

async function createProvider(project = "demo"): Promise<Webhook> {
  const body = providerBody(relay, { username: "", password: "" });
  const answer = await host.call("POST", `/v1/projects/${project}/email-providers`, { body });
  expect(answer.status).toBe(201);
  return {
    id: answer.body.id,
    url: new URL(answer.body.webhook.url).pathname,
    secret: answer.body.webhook.secret,
  };
}

function signed(
  { secret }: Pick<Webhook, "secret">,
  body: string,
  id = `msg-${Math.random()}`.replace(".", ""),
) {
  const time = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${time}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": time, "webhook-signature": `v1,${signature}` };
}

async function post(webhook: Webhook, content: unknown, headers?: Readonly<Record<string, string>>) {
  const body = typeof content === "string" ? content : JSON.stringify(content);
  const own = headers ?? signed(webhook, body);
  return host.call("POST", webhook.url, {
    key: null,
    body,
    headers: { "content-type": "application/json", ...own },
  });
}

const waiting = async () =>
  Number(
    (await database.query("select count(*)::int as n from webhook_requests where processed_at is null"))[0]
      ?.n,
  );
const settled = () => expect.poll(waiting, { timeout: 10_000 }).toBe(0);

async function list(path: string, project = "demo") {
  await settled();
  const { body } = await host.call("GET", `/v1/projects/${project}/${path}`);
  return body.data;
}

/** A message of ours, sent as the test of a provider. */
async function send({ id }: Webhook, to: string) {
  const { body } = await host.call("POST", `/v1/email-providers/${id}/test`, { body: { to } });
  expect(body.verdict).toBe("pass");
  const messageId: string = body.message_id;
  return { messageId, correlationId: messageId.replace(/@.*/, "") };
}

const bounce = (recipient: string, more: object = {}) => ({
  version: "v1",
  events: [
    {
      type: "bounced",
      event_id: `e-${recipient}`,
      recipient,
      smtp: { text: "550 5.1.1 no such user" },
      ...more,
    },
  ],
});

describe("a request of a relay", () => {
  test("is stored, answered, processed: the event finds its message and suppresses the address", async () => {
    const webhook = await createProvider();
    const { messageId } = await send(webhook, "gone@example.net");
    const { status, text } = await post(
      webhook,
      bounce("gone@example.net", { message_id: `<${messageId}>` }),
    );
    expect([status, text]).toEqual([200, ""]);
    const [event] = await list("email-events");
    expect(event).toMatchObject({
      ...{
        type: "bounced",
        recipient: "gone@example.net",
        matched: true,
        proof: "signature",
        message_id: messageId,
      },
      bounce: { severity: "permanent", category: "invalid-recipient" },
      smtp: { code: 550, status: "5.1.1" },
    });
    expect(await list("suppressions")).toMatchObject([
      { address: "gone@example.net", scope: "all", reason: "invalid-recipient", email_event_id: event.id },
    ]);
  });

  test("that comes again counts once, as a request and as an event", async () => {
    const webhook = await createProvider("second");
    const content = JSON.stringify(bounce("twice@example.net"));
    const headers = signed(webhook, content);
    const answers = [
      await post(webhook, content, headers),
      await post(webhook, content, headers),
      await post(webhook, content),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await list("email-events", "second")).length).toBe(1);
  });

  test("that proves nothing changes nothing", async () => {
    const webhook = await createProvider("second");
    const content = JSON.stringify(bounce("forged@example.net"));
    const before = (await list("email-events", "second")).length;
    const forged = [
      {},
      signed({ secret: `whsec_${Buffer.alloc(32).toString("base64")}` }, content),
      { ...signed(webhook, content), "webhook-timestamp": "1600000000" },
      { authorization: `Bearer ${host.key}` },
    ];
    for (const headers of forged) expect((await post(webhook, content, headers)).status).toBe(401);
    expect((await list("email-events", "second")).length).toBe(before);
    expect(host.logLines.some((line) => line.includes("webhook not received"))).toBe(true);
  });

  test("is of the relay that its path names, whatever its User-Agent says", async () => {
    const webhook = await createProvider("second");
    const agent = { "user-agent": "SendGrid Event API" };
    const ours = JSON.stringify({ type: "delivered", event_id: "agent-1", recipient: "a@example.net" });
    expect((await post(webhook, ours, { ...signed(webhook, ours), ...agent })).status).toBe(200);
    const theirs = '[{"event":"delivered","sg_event_id":"agent-2","email":"b@example.net"}]';
    expect((await post(webhook, theirs, agent)).status).toBe(401);
    const ids = (await list("email-events", "second")).map(({ event_id }: { event_id: string }) => event_id);
    expect(ids).toContain("smtp:agent-1");
    expect(ids).not.toContain("sendgrid:agent-2");
  });

  test("with one bad item keeps its neighbours; with what is no JSON it is still answered 200", async () => {
    const webhook = await createProvider("second");
    const events = [
      { type: "delivered", event_id: "ok-1", recipient: "a@example.net" },
      7,
      { type: "delivered", event_id: "ok-2", recipient: "b@example.net" },
    ];
    expect((await post(webhook, { version: "v1", events })).status).toBe(200);
    expect((await post(webhook, "<html>")).status).toBe(200);
    const ids = (await list("email-events", "second")).map(({ event_id }: { event_id: string }) => event_id);
    expect(ids).toEqual(expect.arrayContaining(["smtp:ok-1", "smtp:ok-2"]));
  });

  test("with what no database keeps is processed all the same", async () => {
    const webhook = await createProvider("second");
    const random = () => Array.from({ length: 1000 }, () => Math.random().toString(36)).join("");
    const recipient = "odd@example.net";
    const events = [
      { type: "delivered", event_id: "nul\0", recipient: "nul\0@example.net", message_id: "\0" },
      {
        type: "bounced",
        event_id: "half",
        recipient,
        smtp: { text: "550 \ud800" },
        metadata: { "\0": "\0" },
      },
      { type: "opened", event_id: random(), recipient: `${random()}@example.net` },
      { type: "unsubscribed", event_id: "long", recipient, subscription: { scope: "stream", id: random() } },
      { type: "opened", event_id: "after", recipient },
    ];
    expect((await post(webhook, { version: "v1", events })).status).toBe(200);
    const ids = (await list("email-events", "second")).map(({ event_id }: { event_id: string }) => event_id);
    expect(ids).toEqual(expect.arrayContaining(["smtp:nul\ufffd", "smtp:half", "smtp:long", "smtp:after"]));
  });

  test("that is too large is refused unread", async () => {
    const webhook = await createProvider("second");
    expect((await post(webhook, "x".repeat(1_100_000))).status).toBe(413);
  });

  test.each([
    ["an unknown connector", "/webhooks/nobody/demo"],
    ["an unknown project", "/webhooks/smtp/nobody"],
    ["a project without such a provider", "/webhooks/keyed/second"],
    ["a project id that is none", "/webhooks/smtp/a%00b"],
  ])("to %s is answered 404", async (_what, url) => {
    expect((await post({ id: "", url, secret: "" }, "{}", {})).status).toBe(404);
  });

  test("GET and HEAD say that somebody is there; other methods are refused", async () => {
    const { url } = await createProvider("second");
    expect((await host.call("GET", url, { key: null })).status).toBe(200);
    expect((await host.call("HEAD", url, { key: null })).status).toBe(200);
    expect((await host.call("DELETE", url, { key: null })).status).toBe(405);
  });
});

describe("what a shared secret proves is not enough to suppress just anybody", () => {
  test("only for messages that were sent to the address", async () => {
    const webhook = await createProvider();
    const headers = { authorization: `Bearer ${webhook.secret}` };
    await post(webhook, bounce("stranger@example.net"), headers);
    const { correlationId } = await send(webhook, "known@example.net");
    await post(webhook, bounce("other@example.net", { correlation_id: correlationId }), headers);
    await post(webhook, bounce("known@example.net", { correlation_id: correlationId }), headers);
    const addresses = (await list("suppressions")).map(({ address }: { address: string }) => address);
    expect(addresses).toContain("known@example.net");
    expect(addresses).not.toContain("stranger@example.net");
    expect(addresses).not.toContain("other@example.net");
    const unmatched = await list("email-events?matched=false");
    expect(unmatched.map(({ recipient }: { recipient: string }) => recipient)).toContain(
      "stranger@example.net",
    );
  });

  test("a bounce as mail, too, however the post is signed", async () => {
    const webhook = await createProvider();
    const { correlationId } = await send(webhook, "dsn@example.net");
    const report = (recipient: string, envelopeId: string) =>
      [
        ...[
          "From: MAILER-DAEMON@mx.example.com",
          "To: bounces@example.com",
          `Message-ID: <${recipient}>`,
          "MIME-Version: 1.0",
        ],
        ...[
          'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
          "",
          "--b",
          "Content-Type: text/plain",
          "",
          "Sorry.",
          "",
        ],
        ...[
          "--b",
          "Content-Type: message/delivery-status",
          "",
          "Reporting-MTA: dns; mx.example.com",
          `Original-Envelope-Id: ${envelopeId}`,
          "",
        ],
        ...[
          `Final-Recipient: rfc822; ${recipient}`,
          "Action: failed",
          "Status: 5.1.1",
          "Diagnostic-Code: smtp; 550 5.1.1 no such user",
          "",
          "--b--",
          "",
        ],
      ].join("\r\n");
    for (const [recipient, id] of [
      ["dsn@example.net", correlationId],
      ["forged@example.net", "x"],
    ] as const) {
      const body = report(recipient, id);
      const headers = { ...signed(webhook, body), "content-type": "message/rfc822" };
      expect((await post(webhook, body, headers)).status).toBe(200);
    }
    const addresses = (await list("suppressions")).map(({ address }: { address: string }) => address);
    expect(addresses).toContain("dsn@example.net");
    expect(addresses).not.toContain("forged@example.net");
  });
});

test("three temporary failures of different messages suppress; opting in again lifts an opt-out only, the relay's list all", async () => {
  const webhook = await createProvider();
  const to = "full@example.net";
  for (let index = 0; index < 3; index++) {
    expect((await list("suppressions")).some(({ address }: { address: string }) => address === to)).toBe(
      false,
    );
    const { correlationId } = await send(webhook, to);
    const more = {
      event_id: `full-${index}`,
      correlation_id: correlationId,
      smtp: { text: "452 4.2.2 mailbox full" },
    };
    await post(webhook, bounce(to, more));
    // The same message failing again is no further failure.
    await post(webhook, bounce(to, { ...more, event_id: `full-${index}-again` }));
    await settled();
  }
  const find = async () =>
    (await list("suppressions")).find(({ address }: { address: string }) => address === to);
  expect(await find()).toMatchObject({ scope: "all", reason: "repeated-failures" });
  const scopes = async () =>
    (await list("suppressions"))
      .filter(({ address }: { address: string }) => address === to)
      .map(({ scope }: { scope: string }) => scope);
  await post(webhook, { type: "unsubscribed", event_id: "out", recipient: to });
  expect((await scopes()).sort()).toEqual(["all", "global"]);
  await post(webhook, { type: "resubscribed", event_id: "in", recipient: to });
  expect(await scopes()).toEqual(["all"]);
  const subscription = { scope: "stream", id: "news" };
  await post(webhook, { type: "unsuppressed", event_id: "off", recipient: to, subscription });
  expect(await scopes()).toEqual([]);
});

test("who leaves a stream leaves nothing else; a person can be taken off the list", async () => {
  const webhook = await createProvider();
  const recipient = "leaver@example.net";
  await post(webhook, {
    type: "unsubscribed",
    event_id: "u-1",
    recipient,
    subscription: { scope: "stream", id: "news" },
  });
  const mine = (await list("suppressions")).filter(
    ({ address }: { address: string }) => address === recipient,
  );
  expect(mine).toMatchObject([{ scope: "stream:news", reason: "unsubscribed" }]);
  const path = `/v1/projects/demo/suppressions/${recipient}`;
  expect((await host.call("DELETE", path)).status).toBe(204);
  expect((await host.call("DELETE", path)).status).toBe(404);
});

test("a secret is replaced without a gap: the old one is good until the next is made", async () => {
  const webhook = await createProvider("second");
  const replace = async () =>
    (await host.call("POST", `/v1/email-providers/${webhook.id}/webhook/secret`)).body.secret as string;
  const event = (id: string) => ({ type: "opened", event_id: id, recipient: "r@example.net" });
  const second = await replace();
  expect((await post(webhook, event("r-1"))).status).toBe(200);
  expect((await post({ ...webhook, secret: second }, event("r-2"))).status).toBe(200);
  await replace();
  expect((await post(webhook, event("r-3"))).status).toBe(401);
  expect((await post({ ...webhook, secret: second }, event("r-4"))).status).toBe(200);
});

test("of secrets replaced at the same time, the last two that were handed out work", async () => {
  const webhook = await createProvider("second");
  const path = `/v1/email-providers/${webhook.id}/webhook/secret`;
  const answers = await Promise.all([1, 2, 3, 4].map(() => host.call("POST", path)));
  const replaced = answers.filter(({ status }) => status === 200);
  expect(replaced.length).toBeGreaterThan(0);
  for (const { status, body } of answers) {
    if (status === 200) continue;
    expect([status, body.code]).toEqual([409, "webhook-changed"]);
  }
  const statuses: number[] = [];
  for (const [index, { body }] of replaced.entries()) {
    const event = { type: "opened", event_id: `same-time-${index}`, recipient: "r@example.net" };
    statuses.push((await post({ ...webhook, secret: body.secret }, event)).status);
  }
  // The last one that was made, and the one before.
  expect(statuses.filter((status) => status === 200)).toHaveLength(Math.min(2, replaced.length));
});

describe("a relay that signs with a key of its own", () => {
  const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const toText = (key: KeyObject) => key.export({ type: "spki", format: "der" }).toString("base64");
  let starttls: SandboxRelay;
  beforeAll(async () => {
    starttls = await startSandboxRelay();
  });
  afterAll(() => starttls.close());

  test("is told to try again until its key is entered, and then believed", async () => {
    const keyed = await openTestHost({
      database,
      registry,
      certificateAuthorities: [starttls.certificateAuthority ?? ""],
    });
    const body = {
      provider: "keyed",
      display_name: "Keyed",
      from_email: "news@example.com",
      port: starttls.port,
    };
    const created = await keyed.call("POST", "/v1/projects/demo/email-providers", { body });
    expect(created.body.webhook).toEqual({
      url: "http://host.test/webhooks/keyed/demo",
      settings: "required",
    });
    const content =
      '[{"event":"delivered","sg_event_id":"sg-1","email":"kim@example.net","timestamp":1931058367}]\r\n';
    const time = String(Math.floor(Date.now() / 1000));
    const headers = {
      "x-twilio-email-event-webhook-timestamp": time,
      "x-twilio-email-event-webhook-signature": sign(
        "sha256",
        Buffer.from(time + content),
        pair.privateKey,
      ).toString("base64"),
    };
    const send = () => keyed.call("POST", "/webhooks/keyed/demo", { key: null, body: content, headers });
    expect((await send()).status).toBe(503);
    // Relays that look whether somebody is there, as one sets them up.
    expect((await keyed.call("GET", "/webhooks/keyed/demo", { key: null })).status).toBe(200);
    expect((await keyed.call("HEAD", "/webhooks/keyed/demo", { key: null })).status).toBe(200);
    const put = (config: unknown) =>
      keyed.call("PUT", `/v1/email-providers/${created.body.id}/webhook`, { body: config });
    expect(await put({ public_keys: [] })).toMatchObject({
      status: 422,
      body: { issues: [{ path: "public_keys" }] },
    });
    expect((await put({ public_keys: [toText(pair.publicKey)] })).status).toBe(200);
    expect((await send()).status).toBe(200);
    expect(
      (await list("email-events")).some(({ event_id }: { event_id: string }) => event_id === "sendgrid:sg-1"),
    ).toBe(true);
    const dump = JSON.stringify(await database.query("select webhook_config from email_providers"));
    expect(dump).not.toContain(toText(pair.publicKey));
  });
});

test("what was stored and not processed is processed at the next start", async () => {
  const webhook = await createProvider("second");
  await post(webhook, { type: "clicked", event_id: "late-1", recipient: "late@example.net" });
  await settled();
  await database.query("delete from email_events where event_id = 'smtp:late-1'");
  await database.query("update webhook_requests set processed_at = null");
  await openTestHost({ database, registry });
  await settled();
  const events = await list("email-events?type=clicked", "second");
  expect(events.map(({ event_id }: { event_id: string }) => event_id)).toContain("smtp:late-1");
});

test("another workspace sees neither events nor addresses, and cannot touch the webhook", async () => {
  const webhook = await createProvider();
  for (const [method, path] of [
    ["GET", "/v1/projects/demo/email-events"],
    ["GET", "/v1/projects/demo/suppressions"],
    ["DELETE", "/v1/projects/demo/suppressions/gone@example.net"],
    ["PUT", `/v1/email-providers/${webhook.id}/webhook`],
    ["POST", `/v1/email-providers/${webhook.id}/webhook/secret`],
  ] as const) {
    const body = method === "PUT" ? {} : undefined;
    expect((await host.call(method, path, { key: host.foreignKey, body })).status).toBe(404);
    expect((await host.call(method, path, { key: null, body })).status).toBe(401);
  }
});
