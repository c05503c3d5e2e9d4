import { type SandboxRelay, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { createProviderRegistry, type EmailMessage } from "@getfluxly/email-core";
import { createMemoryReplayStore, receiveWebhook } from "@getfluxly/email-core/webhook";
import { createRelayNetworkPolicy } from "@getfluxly/email-custom-smtp";
import { describe, expect, test } from "vitest";
import { createSmtp2goDefinition, smtp2goDefinition } from "./index.js";
import { toSmtp2goConnection } from "./to-smtp2go-connection.js";
import { smtp2goWebhook } from "./webhook/index.js";

const [username, password] = ["shop.example.org", "PaSs-WoRd-0123456789"];
const emailId = "1vAbCd-5EfGhIjKlMn-0pQr";
const message: EmailMessage = { to: [{ address: "anna@example.com" }], subject: "Hello", text: "Hi" };
const startRelay = () => startSandboxRelay({ tls: "starttls", users: { [username]: password } });

function open(relay: SandboxRelay, secret = password) {
  const definition = createSmtp2goDefinition({ connection: { host: "localhost", port: relay.port } });
  return createProviderRegistry({ smtp2go: definition }).open("smtp2go", {
    config: { username, password: secret },
    sender: { from_email: "shop@example.org" },
    context: {
      ...createRelayNetworkPolicy({ allowNetworks: ["127.0.0.0/8", "::1"] }),
      certificateAuthorities: [relay.certificateAuthority ?? ""],
    },
  });
}

/** What SMTP2GO posts of the message that the relay received, with the fields that its webhook repeats. */
async function receiveEvent(relay: SandboxRelay, format: "json" | "form", repeated: readonly string[]) {
  const [received] = await relay.waitForMessages(1);
  const headers = received?.parsed.headers;
  const event = {
    ...{ event: "bounce", bounce: "hard", time: "2031-03-12 16:06:07", id: "hook-7", email_id: emailId },
    ...{ rcpt: received?.envelope.to[0] ?? "", sender: received?.envelope.from ?? "", auth: username },
    ...{ message: "550 5.1.1 unknown user", host: "mx.example.com" },
    "message-id": headers?.get("message-id")?.join() ?? "",
    ...Object.fromEntries(repeated.map((name) => [name, headers?.get(name.toLowerCase())?.join() ?? ""])),
  };
  const secret = "one-secret-of-24-characters";
  const reception = await receiveWebhook({
    adapter: (await smtp2goDefinition.webhook?.load()) ?? expect.fail("no webhook"),
    request: new Request("https://example.com/webhooks/smtp2go/demo", {
      method: "POST",
      headers: {
        Authorization: `Basic ${btoa(`hook:${secret}`)}`,
        ...(format === "json" && { "Content-Type": "application/json" }),
      },
      // The type of a form comes with it.
      body: format === "json" ? JSON.stringify(event) : new URLSearchParams(event),
    }),
    config: { secrets: [secret] },
    replayStore: createMemoryReplayStore(),
  });
  if (reception.outcome !== "received") expect.fail(reception.outcome);
  return (await reception.parse()).events;
}

describe("what is sent comes back: the event finds its message", () => {
  test.each(["json", "form"] as const)("as %s", async (format) => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    const metadata = { order: "A 17", note: "für =?x ".repeat(20).trim(), path: 'a\\b"c' };
    const tags = ["eu welcome", "für & wider", 'a, "b"'];
    const receipt = await provider.send({ ...message, tags, metadata });
    const correlationId = receipt.messageId.replace(/@.*/, "");
    expect(await receiveEvent(relay, format, ["X-Tags", "X-Metadata"])).toMatchObject([
      {
        type: "bounced",
        correlationId,
        recipient: "anna@example.com",
        relayMessageId: emailId,
        occurredAt: "2031-03-12T16:06:07.000Z",
        tags,
        metadata: { ...metadata, gf_id: correlationId },
        bounce: { severity: "permanent", category: "invalid-recipient" },
        suppression: { advice: "suppress" },
      },
    ]);
  });

  test("by the Message-ID, where the webhook repeats no fields", async () => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    const { messageId } = await provider.send({ ...message, metadata: { order: "A-17" } });
    const correlationId = messageId.replace(/@.*/, "");
    expect(await receiveEvent(relay, "json", [])).toMatchObject([{ messageId, correlationId, metadata: {} }]);
  });
});

test.each(["1vxNiW-4o5NDgrjpxK-skOz", "1omB7Q-DvC2hB-2l"])("reads the id in the reply, %s", async (id) => {
  await using relay = await startRelay();
  relay.setFaults([{ at: "end-of-data", do: { reply: `250 OK id=${id}` } }]);
  await using provider = await open(relay);
  expect(await provider.send(message)).toMatchObject({ relayMessageId: id });
});

describe("before any connection is made", () => {
  const beyond: readonly [string, Partial<EmailMessage>, string][] = [
    ["metadata beyond a line", { metadata: { note: "ü".repeat(150) } }, "metadata.note"],
    ["an option", { providerOptions: { smtp2go: { track: true } } }, "providerOptions.smtp2go"],
    ["a field that it writes itself", { headers: { "x-metadata": "{}" } }, 'headers["x-metadata"]'],
  ];
  test.each(beyond)("refuses %s", async (_what, part, path) => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    await expect(provider.send({ ...message, ...part })).rejects.toMatchObject({
      ...{ code: "message-invalid", certainty: "not_sent" },
      issues: expect.arrayContaining([expect.objectContaining({ path })]),
    });
    expect(relay.connections).toHaveLength(0);
  });

  test("takes as many tags and as much metadata as there can be", async () => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    const tags = Array.from({ length: 100 }, (_none, index) => `${index}${"ü".repeat(120)}`);
    const keys = Array.from({ length: 100 }, (_none, index) => `k${index}`.padEnd(64, "_"));
    const metadata = Object.fromEntries(keys.map((key) => [key, "ü".repeat(149)]));
    await provider.send({ ...message, tags, metadata });
    expect(await receiveEvent(relay, "json", ["X-Tags", "X-Metadata"])).toMatchObject([{ tags, metadata }]);
  });

  const lookAlikes: readonly [string, "username" | "password", string, string][] = [
    ["an API key", "password", `api-${"0A1b".repeat(8)}`, "Is an API key"],
    ["an API key as user", "username", `api-${"0A1b".repeat(8)}`, "Is an API key"],
    ["the host", "username", "mail.smtp2go.com", "Is a host name"],
    ["the host as password", "password", "mail-eu.smtp2go.com", "Is a host name"],
  ];
  test.each(lookAlikes)("names %s", async (_what, field, value, words) => {
    const opened = createProviderRegistry({ smtp2go: smtp2goDefinition }).open("smtp2go", {
      config: { username, password, [field]: value },
      sender: { from_email: "shop@example.org" },
    });
    await expect(opened).rejects.toMatchObject({
      code: "config-invalid",
      issues: [{ path: field, message: expect.stringContaining(words) }],
    });
  });
});

test.each([
  ["nearest", "mail.smtp2go.com"],
  ["us", "mail-us.smtp2go.com"],
  ["eu", "mail-eu.smtp2go.com"],
  ["au", "mail-au.smtp2go.com"],
] as const)("the region %s is %s, always with TLS", (region, host) => {
  expect(toSmtp2goConnection({ region, username, password })).toEqual({
    ...{ host, port: 587, fallbackPorts: [2525, 8025, 80], tlsMode: "starttls", username, password },
  });
});

test("verify is a login", async () => {
  await using relay = await startRelay();
  await using provider = await open(relay);
  expect(await provider.verify()).toMatchObject({ authenticated: true, encrypted: true });
  expect(relay.connections[0]?.user).toBe(username);
});

test("a refused login says where SMTP users are found", async () => {
  await using relay = await startRelay();
  await using provider = await open(relay, "wrong");
  await expect(provider.verify()).rejects.toMatchObject({
    code: "authentication-failed",
    remedy: expect.stringContaining("Sending > SMTP Users"),
  });
});

test("a sender that is not verified is told for what it is", async () => {
  await using relay = await startRelay();
  const reply =
    "550-From header sender domain not verified (example.org)\r\n550-On your Sending > Verified Senders page\r\n550 verify the sender domain or email to be allowed to send.";
  relay.setFaults([{ at: "end-of-data", do: { reply } }]);
  await using provider = await open(relay);
  await expect(provider.send(message)).rejects.toMatchObject({
    ...{ code: "sender-refused", actor: "configuration", certainty: "not_sent" },
    remedy: expect.stringContaining("Verified Senders"),
  });
});

test("asks for an SMTP user and, perhaps, a region", async () => {
  const registry = createProviderRegistry({ smtp2go: smtp2goDefinition });
  const { form, secretFields } = await registry.describe("smtp2go");
  expect(Object.keys(Object(form.properties))).toEqual(["region", "username", "password"]);
  expect(form.required).toEqual(["username", "password"]);
  expect(secretFields).toEqual(["password"]);
});

test("asks for another try when nothing can be stored", () => {
  expect(smtp2goWebhook.answers).toEqual({ received: 200, refused: 401, unavailable: 503 });
});
