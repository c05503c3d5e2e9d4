import { type SandboxRelay, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { createProviderRegistry, type EmailMessage } from "@getfluxly/email-core";
import { createMemoryReplayStore, receiveWebhook } from "@getfluxly/email-core/webhook";
import { createRelayNetworkPolicy } from "@getfluxly/email-custom-smtp";
import { describe, expect, test } from "vitest";
import { brevoDefinition, createBrevoDefinition } from "./index.js";
import { toBrevoConnection } from "./to-brevo-connection.js";
import { brevoWebhook } from "./webhook/index.js";

const login = "9f8e7d001@smtp-brevo.com";
const smtp_key = `xsmtpsib-${"0a".repeat(32)}-AbCdEfGhIjKlMnOp`;
const message: EmailMessage = { to: [{ address: "anna@example.com" }], subject: "Hello", text: "Hi" };
const startRelay = () => startSandboxRelay({ tls: "starttls", users: { [login]: smtp_key } });

function open(relay: SandboxRelay, key = smtp_key) {
  const definition = createBrevoDefinition({ connection: { host: "localhost", port: relay.port } });
  return createProviderRegistry({ brevo: definition }).open("brevo", {
    config: { login, smtp_key: key },
    sender: { from_email: "shop@example.org" },
    context: {
      ...createRelayNetworkPolicy({ allowNetworks: ["127.0.0.0/8", "::1"] }),
      certificateAuthorities: [relay.certificateAuthority ?? ""],
    },
  });
}

/** What Brevo posts of the message that the relay received. */
async function receiveEvent(relay: SandboxRelay, changes: object) {
  const [received] = await relay.waitForMessages(1);
  const headers = received?.parsed.headers;
  const event = {
    ...{ event: "hard_bounce", email: received?.envelope.to[0], id: 26224, date: "2031-03-12 06:06:07" },
    ...{ ts: 1931061967, ts_event: 1931058367, ts_epoch: 1931058367123, sending_ip: "203.0.113.20" },
    "message-id": headers?.get("message-id")?.join(),
    "X-Mailin-custom": headers?.get("x-mailin-custom")?.join(""),
    ...{ tag: headers?.get("x-mailin-tag")?.join(), reason: "550 5.1.1 No such user" },
    ...changes,
  };
  const secret = "one-secret-of-24-characters";
  const reception = await receiveWebhook({
    adapter: (await brevoDefinition.webhook?.load()) ?? expect.fail("no webhook"),
    request: new Request("https://example.com/webhooks/brevo/demo", {
      method: "POST",
      headers: { Authorization: `Bearer ${secret}` },
      body: JSON.stringify(event),
    }),
    config: { secrets: [secret] },
    replayStore: createMemoryReplayStore(),
  });
  if (reception.outcome !== "received") expect.fail(reception.outcome);
  return (await reception.parse()).events;
}

describe("what is sent comes back: the event finds its message", () => {
  test("by the metadata, whatever Brevo makes of the Message-ID", async () => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    const metadata = { order: "A 17", note: "für =?x ".repeat(20).trim(), path: 'a\\b"c' };
    const receipt = await provider.send({ ...message, tags: ["eu welcome"], metadata });
    const correlationId = receipt.messageId.replace(/@.*/, "");
    const replaced = "<203103040506.12345678901@smtp-relay.sendinblue.com>";
    expect(await receiveEvent(relay, { "message-id": replaced })).toMatchObject([
      {
        type: "bounced",
        correlationId,
        recipient: "anna@example.com",
        occurredAt: "2031-03-12T05:06:07.123Z",
        tags: ["eu welcome"],
        metadata: { ...metadata, gf_id: correlationId },
        bounce: { severity: "permanent", category: "invalid-recipient" },
        suppression: { advice: "suppress" },
      },
    ]);
  });

  test("by the Message-ID, where the field was lost", async () => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    const { messageId } = await provider.send(message);
    const correlationId = messageId.replace(/@.*/, "");
    expect(await receiveEvent(relay, { "X-Mailin-custom": "" })).toMatchObject([
      { messageId, correlationId, metadata: {} },
    ]);
  });
});

test.each([
  [
    "<203103040506.12345678901@smtp-relay.sendinblue.com>",
    "203103040506.12345678901@smtp-relay.sendinblue.com",
  ],
  ["kept@example.org", "kept@example.org"],
])("reads the id in the reply, %s", async (text, relayMessageId) => {
  await using relay = await startRelay();
  relay.setFaults([{ at: "end-of-data", do: { reply: `250 2.0.0 OK: queued as ${text}` } }]);
  await using provider = await open(relay);
  expect(await provider.send(message)).toMatchObject({ relayMessageId });
});

describe("before any connection is made", () => {
  const beyond: readonly [string, Partial<EmailMessage>, string, string][] = [
    ["a tag that is not ASCII", { tags: ["für"] }, "message-invalid", "tags[0]"],
    ["a tag that reads as a list", { tags: ['["a"]'] }, "message-invalid", "tags[0]"],
    ["a second tag", { tags: ["a", "b"] }, "capability-unsupported", "tags"],
    ["metadata beyond a line", { metadata: { note: "ü".repeat(150) } }, "message-invalid", "metadata.note"],
    [
      "an option",
      { providerOptions: { brevo: { template: 1 } } },
      "message-invalid",
      "providerOptions.brevo",
    ],
    [
      "a field that it writes itself",
      { headers: { "X-Mailin-Custom": "x" } },
      "message-invalid",
      'headers["X-Mailin-Custom"]',
    ],
  ];
  test.each(beyond)("refuses %s", async (_what, part, code, path) => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    await expect(provider.send({ ...message, ...part })).rejects.toMatchObject({
      ...{ code, certainty: "not_sent" },
      issues: expect.arrayContaining([expect.objectContaining({ path })]),
    });
    expect(relay.connections).toHaveLength(0);
  });

  test("takes metadata that just fits into a line", async () => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    const metadata = { note: "ü".repeat(149) };
    await provider.send({ ...message, metadata });
    expect(await receiveEvent(relay, {})).toMatchObject([{ metadata }]);
  });

  const lookAlikes: readonly [string, "login" | "smtp_key", string, string][] = [
    ["an API key", "smtp_key", `xkeysib-${"0a".repeat(32)}-AbCdEfGhIjKlMnOp`, "Is an API key"],
    ["the login", "smtp_key", login, "Is an e-mail address"],
    ["the host", "smtp_key", "smtp-relay.brevo.com", "Is a host name"],
    ["the key", "login", smtp_key, "Is an SMTP key"],
    ["an API key as login", "login", "xkeysib-0a", "Is an API key"],
    ["the former host", "login", "smtp-relay.sendinblue.com", "Is a host name"],
    ["the login without its end", "login", "9f8e7d001", "Has no @"],
  ];
  test.each(lookAlikes)("names %s", async (_what, field, value, words) => {
    const opened = createProviderRegistry({ brevo: brevoDefinition }).open("brevo", {
      config: { login, smtp_key, [field]: value },
      sender: { from_email: "shop@example.org" },
    });
    await expect(opened).rejects.toMatchObject({
      code: "config-invalid",
      issues: [{ path: field, message: expect.stringContaining(words) }],
    });
  });
});

test("verify is a login", async () => {
  await using relay = await startRelay();
  await using provider = await open(relay);
  expect(await provider.verify()).toMatchObject({ authenticated: true, encrypted: true });
  expect(relay.connections[0]?.user).toBe(login);
});

test("a refused login says which key is the right one", async () => {
  await using relay = await startRelay();
  await using provider = await open(relay, `xsmtpsib-${"1b".repeat(32)}-AbCdEfGhIjKlMnOp`);
  await expect(provider.verify()).rejects.toMatchObject({
    code: "authentication-failed",
    remedy: expect.stringContaining("xsmtpsib-"),
  });
});

test.each([
  ["525 5.7.1 Unauthorized IP address", "relay-refused", "Authorized IPs"],
  ["502 5.7.0 Your SMTP account is not yet activated", "relay-refused", "activate"],
  ["535 5.7.8 Authentication failed", "authentication-failed", "xkeysib-"],
])("%s is told for what it is", async (reply, code, remedy) => {
  await using relay = await startRelay();
  relay.setFaults([{ at: "auth", do: { reply } }]);
  await using provider = await open(relay);
  await expect(provider.verify()).rejects.toMatchObject({ code, remedy: expect.stringContaining(remedy) });
});

test("asks for the login and the key", async () => {
  const { form, secretFields } = await createProviderRegistry({ brevo: brevoDefinition }).describe("brevo");
  expect(Object.keys(Object(form.properties))).toEqual(["login", "smtp_key"]);
  expect(form.required).toEqual(["login", "smtp_key"]);
  expect(secretFields).toEqual(["smtp_key"]);
});

test("connects with the login, always with TLS", () => {
  expect(toBrevoConnection({ login, smtp_key })).toEqual({
    ...{ host: "smtp-relay.brevo.com", port: 587, fallbackPorts: [2525], tlsMode: "starttls" },
    ...{ username: login, password: smtp_key },
  });
});

test("says 429 when nothing can be stored, since Brevo forgets what any 5xx answers", () => {
  expect(brevoWebhook.answers).toEqual({ received: 200, refused: 401, unavailable: 429 });
});
