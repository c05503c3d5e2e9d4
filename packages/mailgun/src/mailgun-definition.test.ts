import { createHmac } from "node:crypto";
import { type SandboxRelay, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { createProviderRegistry, type EmailMessage } from "@getfluxly/email-core";
import { createMemoryReplayStore, receiveWebhook } from "@getfluxly/email-core/webhook";
import { createRelayNetworkPolicy } from "@getfluxly/email-custom-smtp";
import { describe, expect, test } from "vitest";
import { createMailgunDefinition, mailgunDefinition } from "./index.js";
import { toMailgunConnection } from "./to-mailgun-connection.js";

const username = "postmaster@mg.example.org";
const message: EmailMessage = { to: [{ address: "anna@example.com" }], subject: "Hello", text: "Hi" };
const startRelay = () => startSandboxRelay({ tls: "starttls", users: { [username]: "long-password" } });

function open(relay: SandboxRelay, password = "long-password") {
  const definition = createMailgunDefinition({ connection: { host: "localhost", port: relay.port } });
  return createProviderRegistry({ mailgun: definition }).open("mailgun", {
    config: { username, password },
    sender: { from_email: "shop@example.org" },
    context: {
      ...createRelayNetworkPolicy({ allowNetworks: ["127.0.0.0/8", "::1"] }),
      certificateAuthorities: [relay.certificateAuthority ?? ""],
    },
  });
}

test("what is sent comes back: the event finds its message", async () => {
  await using relay = await startRelay();
  // Mailgun's own words.
  relay.setFaults([{ at: "end-of-data", do: { raw: "250 Great success\r\n" } }]);
  await using provider = await open(relay);
  const metadata = { order: "A 17", note: "für =?x ".repeat(20).trim(), path: 'a\\b"c' };
  const tags = ["welcome", "eu west"];
  const receipt = await provider.send({ ...message, tags, metadata });
  const [received] = await relay.waitForMessages(1);
  const headers = received?.parsed.headers;

  // What Mailgun reads out of the message, and puts into its events.
  const key = "a-signing-key-of-24-octets";
  const [timestamp, token] = [String(Math.floor(Date.now() / 1000)), "t".repeat(50)];
  const signature = createHmac("sha256", key)
    .update(timestamp + token)
    .digest("hex");
  const event = {
    ...{ id: "Ase7i2zsRYeDXztHGENqRA", timestamp: Date.now() / 1000, "log-level": "error" },
    ...{ event: "failed", severity: "permanent", reason: "bounce", recipient: received?.envelope.to[0] },
    tags: headers?.get("x-mailgun-tag"),
    "user-variables": JSON.parse(headers?.get("x-mailgun-variables")?.join("") ?? ""),
    "delivery-status": {
      code: 550,
      "enhanced-code": "5.1.1",
      message: "5.1.1 No such user",
      "attempt-no": 1,
    },
    message: { headers: { "message-id": received?.parsed.messageId, to: "anna@example.com" } },
  };
  const reception = await receiveWebhook({
    adapter: (await mailgunDefinition.webhook?.load()) ?? expect.fail("no webhook"),
    request: new Request("https://example.com/webhooks/mailgun/demo", {
      method: "POST",
      body: JSON.stringify({ signature: { timestamp, token, signature }, "event-data": event }),
    }),
    config: { signing_keys: [key] },
    replayStore: createMemoryReplayStore(),
  });
  if (reception.outcome !== "received") expect.fail(reception.outcome);
  const correlationId = receipt.messageId.replace(/@.*/, "");
  expect(receipt).not.toHaveProperty("relayMessageId");
  expect((await reception.parse()).events).toMatchObject([
    {
      type: "bounced",
      messageId: receipt.messageId,
      correlationId,
      recipient: "anna@example.com",
      tags,
      metadata: { ...metadata, gf_id: correlationId },
      bounce: { severity: "permanent", category: "invalid-recipient" },
      suppression: { advice: "suppress" },
    },
  ]);
});

test("options of a message are its own fields; without them there are none", async () => {
  await using relay = await startRelay();
  await using provider = await open(relay);
  await provider.send({
    ...message,
    providerOptions: {
      mailgun: {
        tracking: true,
        trackOpens: false,
        trackClicks: "htmlonly",
        testMode: true,
        requireTls: true,
      },
    },
  });
  await provider.send({ ...message, providerOptions: { mailgun: { testMode: false } } });
  const [first, second] = await relay.waitForMessages(2);
  const own = (it: typeof first) =>
    [...(it?.parsed.headers ?? [])].filter(([name]) => /^x-mailgun-(?!variables)/.test(name));
  expect(own(first)).toEqual([
    ["x-mailgun-track", ["yes"]],
    ["x-mailgun-track-opens", ["no"]],
    ["x-mailgun-track-clicks", ["htmlonly"]],
    ["x-mailgun-drop-message", ["yes"]],
    ["x-mailgun-require-tls", ["yes"]],
  ]);
  expect(own(second)).toEqual([]);
});

describe("before any connection is made", () => {
  const beyond: readonly [string, Partial<EmailMessage>, object][] = [
    ["a tag that is not ASCII", { tags: ["ok", "für"] }, { path: "tags[1]" }],
    [
      "a metadata value that fills a line",
      { metadata: { note: "é".repeat(151) } },
      { path: "metadata.note" },
    ],
    ["an unknown option", { providerOptions: { mailgun: { track: true } } }, {}],
    ["a field that it writes itself", { headers: { "x-mailgun-variables": "{}" } }, {}],
  ];
  test.each(beyond)("refuses %s", async (_what, part, issue) => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    await expect(provider.send({ ...message, ...part })).rejects.toMatchObject({
      code: "message-invalid",
      certainty: "not_sent",
      issues: [issue],
    });
    expect(relay.connections).toHaveLength(0);
  });

  test("refuses a fourth tag", async () => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    const sent = provider.send({ ...message, tags: ["a", "b", "c", "d"] });
    await expect(sent).rejects.toMatchObject({ code: "capability-unsupported", certainty: "not_sent" });
    expect(relay.connections).toHaveLength(0);
  });

  const lookAlikes: readonly [string, { username?: string; password?: string }, string][] = [
    ["an API key as password", { password: `key-${"0a".repeat(16)}` }, "Is an API key"],
    ["an API key as user", { username: `key-${"0a".repeat(16)}` }, "Is an API key"],
    ["the validation key", { password: `pubkey-${"0a".repeat(16)}` }, "Is an API key"],
    ["user and password in one", { password: `${username}:long-password` }, "only what follows the colon"],
    ["the user of the API", { username: "api" }, "user of the HTTP API"],
    ["a domain", { username: "mg.example.org" }, "Has no @"],
    ["an @ of a URL", { username: "postmaster%40mg.example.org" }, "Has %40"],
  ];
  test.each(lookAlikes)("names %s", async (_what, config, words) => {
    const opened = createProviderRegistry({ mailgun: mailgunDefinition }).open("mailgun", {
      config: { username, password: "long-password", ...config },
      sender: { from_email: "shop@example.org" },
    });
    const path = Object.keys(config)[0];
    await expect(opened).rejects.toMatchObject({
      code: "config-invalid",
      issues: [{ path, message: expect.stringContaining(words) }],
    });
  });
});

test("a password that looks like a newer API key is the relay's to judge, and the remedy names the mistake", async () => {
  await using relay = await startRelay();
  await using provider = await open(relay, `${"0a".repeat(16)}-0123abcd-0123abcd`);
  await expect(provider.verify()).rejects.toMatchObject({
    code: "authentication-failed",
    remedy: expect.stringMatching(/SMTP credentials.*API keys/),
  });
});

test("asks for three things; the region decides the host", async () => {
  const { form, secretFields } = await createProviderRegistry({ mailgun: mailgunDefinition }).describe(
    "mailgun",
  );
  expect(Object.keys(Object(form.properties))).toEqual(["region", "username", "password"]);
  expect(form.required).toEqual(["username", "password"]);
  expect(secretFields).toEqual(["password"]);
});

test.each([
  ["us", "smtp.mailgun.org"],
  ["eu", "smtp.eu.mailgun.org"],
] as const)("region %s is %s, always with TLS", (region, host) => {
  expect(toMailgunConnection({ region, username, password: "x" })).toMatchObject({
    host,
    port: 587,
    tlsMode: "starttls",
  });
});

test("a message beyond 25 MB is not sent, though the relay announces no limit", async () => {
  await using relay = await startSandboxRelay({
    users: { [username]: "long-password" },
    extensions: { size: false },
  });
  await using provider = await open(relay);
  // In base64, a third more.
  const content = new Uint8Array(26 * 1024 * 1024 * 0.73);
  const attachments = [{ filename: "a.bin", contentType: "application/octet-stream", content }];
  await expect(provider.send({ ...message, attachments })).rejects.toMatchObject({
    code: "message-too-large",
    certainty: "not_sent",
  });
  expect(relay.messages).toHaveLength(0);
});

test.each([
  [{}, false],
  [{ signing_keys: [] }, false],
  [{ signing_keys: ["short"] }, false],
  [{ signing_keys: ["a".repeat(32)], other: 1 }, false],
  [{ signing_keys: ["a".repeat(32), "b".repeat(32)] }, true],
])("settings of the webhook %j: %s", async (config, isGood) => {
  const result = await mailgunDefinition.webhook?.configSchema["~standard"].validate(config);
  expect(result !== undefined && !result.issues).toBe(isGood);
});
