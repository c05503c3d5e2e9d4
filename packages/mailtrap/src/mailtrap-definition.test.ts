import { createHmac } from "node:crypto";
import { type SandboxRelay, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { createProviderRegistry, type EmailMessage } from "@getfluxly/email-core";
import { createMemoryReplayStore, receiveWebhook } from "@getfluxly/email-core/webhook";
import { createRelayNetworkPolicy } from "@getfluxly/email-custom-smtp";
import { describe, expect, test } from "vitest";
import { createMailtrapDefinition, mailtrapDefinition } from "./index.js";
import { toMailtrapConnection } from "./to-mailtrap-connection.js";

const token = "0123456789abcdef".repeat(2);
const message: EmailMessage = { to: [{ address: "anna@example.com" }], subject: "Hello", text: "Hi" };
const startRelay = () => startSandboxRelay({ tls: "starttls", users: { api: token } });

function open(relay: SandboxRelay, api_token = token) {
  const definition = createMailtrapDefinition({ connection: { host: "localhost", port: relay.port } });
  return createProviderRegistry({ mailtrap: definition }).open("mailtrap", {
    config: { api_token },
    sender: { from_email: "shop@example.org" },
    context: {
      ...createRelayNetworkPolicy({ allowNetworks: ["127.0.0.0/8", "::1"] }),
      certificateAuthorities: [relay.certificateAuthority ?? ""],
    },
  });
}

test("what is sent comes back: the event finds its message", async () => {
  await using relay = await startRelay();
  await using provider = await open(relay);
  const metadata = { order: "A 17", note: "für =?x ".repeat(8).trim(), path: 'a\\b"c' };
  const receipt = await provider.send({ ...message, tags: ["eu welcome"], metadata });
  const [received] = await relay.waitForMessages(1);
  const headers = received?.parsed.headers;
  const variables = headers?.get("x-mt-custom-variables")?.join("") ?? "";

  // What Mailtrap reads out of the message, and puts into its events. The id of the message is its own.
  const secret = "0a".repeat(16);
  const event = {
    ...{
      event: "bounce",
      message_id: "1df37d17-0286-4d8b-8edf-bc4ec5be86e6",
      event_id: "bede7236-2284-43d6",
    },
    ...{ sending_stream: "transactional", email: received?.envelope.to[0], timestamp: 1931058367 },
    category: headers?.get("x-mt-category")?.join(),
    custom_variables: JSON.parse(variables),
    ...{ response: "5.1.1 No such user", response_code: 550, bounce_category: "badrecipient" },
  };
  const body = JSON.stringify({ events: [event] });
  const reception = await receiveWebhook({
    adapter: (await mailtrapDefinition.webhook?.load()) ?? expect.fail("no webhook"),
    request: new Request("https://example.com/webhooks/mailtrap/demo", {
      method: "POST",
      headers: { "Mailtrap-Signature": createHmac("sha256", secret).update(body).digest("hex") },
      body,
    }),
    config: { signing_secrets: [secret] },
    replayStore: createMemoryReplayStore(),
  });
  if (reception.outcome !== "received") expect.fail(reception.outcome);
  const correlationId = receipt.messageId.replace(/@.*/, "");
  expect((await reception.parse()).events).toMatchObject([
    {
      type: "bounced",
      correlationId,
      recipient: "anna@example.com",
      tags: ["eu welcome"],
      metadata: { ...metadata, gf_id: correlationId },
      bounce: { severity: "permanent", category: "invalid-recipient" },
      suppression: { advice: "suppress" },
    },
  ]);
});

describe("before any connection is made", () => {
  test("refuses metadata that Mailtrap would ignore, gf_id and all, and takes what just fits", async () => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    const size = (length: number) =>
      `{"note": "${"x".repeat(length)}", "gf_id": "01ARZ3NDEKTSV4RRFFQ69G5FAV"}`.length;
    const room = 1_000 - size(0);
    const sent = provider.send({ ...message, metadata: { note: "x".repeat(room + 1) } });
    await expect(sent).rejects.toMatchObject({
      code: "message-invalid",
      certainty: "not_sent",
      issues: [{ path: "metadata", message: expect.stringMatching(/Needs 1001 bytes/) }],
    });
    expect(relay.connections).toHaveLength(0);
    await provider.send({ ...message, metadata: { note: "x".repeat(room) } });
    const [received] = await relay.waitForMessages(1);
    expect(received?.parsed.headers.get("x-mt-custom-variables")?.[0]).toHaveLength(1_000);
  });

  const beyond: readonly [string, Partial<EmailMessage>, string][] = [
    ["a tag that is not ASCII", { tags: ["für"] }, "message-invalid"],
    ["a second tag", { tags: ["a", "b"] }, "capability-unsupported"],
    ["an option", { providerOptions: { mailtrap: { stream: "bulk" } } }, "message-invalid"],
    ["a field that it writes itself", { headers: { "X-MT-Custom-Variables": "{}" } }, "message-invalid"],
  ];
  test.each(beyond)("refuses %s", async (_what, part, code) => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    await expect(provider.send({ ...message, ...part })).rejects.toMatchObject({
      code,
      certainty: "not_sent",
    });
    expect(relay.connections).toHaveLength(0);
  });

  const lookAlikes: readonly [string, string, string][] = [
    ["a sandbox password", "0123456789abcd", "sandbox inbox"],
    ["the user name", "api", "Is the user name"],
    ["the older user name", "smtp@mailtrap.io", "Is the user name"],
    ["an e-mail address", "kim@example.org", "Is an e-mail address"],
    ["the host", "live.smtp.mailtrap.io", "Is a host name"],
    ["the host of the sandbox", "sandbox.smtp.mailtrap.io", "Is a host name"],
  ];
  test.each(lookAlikes)("names %s", async (_what, api_token, words) => {
    const opened = createProviderRegistry({ mailtrap: mailtrapDefinition }).open("mailtrap", {
      config: { api_token },
      sender: { from_email: "shop@example.org" },
    });
    await expect(opened).rejects.toMatchObject({
      code: "config-invalid",
      issues: [{ path: "api_token", message: expect.stringContaining(words) }],
    });
  });
});

test("a refused login says where the right token is found", async () => {
  await using relay = await startRelay();
  await using provider = await open(relay, "f".repeat(32));
  await expect(provider.verify()).rejects.toMatchObject({
    code: "authentication-failed",
    remedy: expect.stringContaining("Integration"),
  });
});

test("asks for a token and, perhaps, a stream", async () => {
  const { form, secretFields } = await createProviderRegistry({ mailtrap: mailtrapDefinition }).describe(
    "mailtrap",
  );
  expect(Object.keys(Object(form.properties))).toEqual(["api_token", "sending_stream"]);
  expect(form.required).toEqual(["api_token"]);
  expect(secretFields).toEqual(["api_token"]);
});

test.each([
  ["transactional", "live.smtp.mailtrap.io"],
  ["bulk", "bulk.smtp.mailtrap.io"],
] as const)("the stream %s is %s, always with TLS, as api", (sending_stream, host) => {
  expect(toMailtrapConnection({ sending_stream, api_token: token })).toMatchObject({
    ...{ host, port: 587, tlsMode: "starttls", username: "api", password: token },
  });
});

test.each([
  ["535 5.7.8 Too many connections per account", "relay-unavailable", true],
  ["535 5.7.0 Monthly messages limit reached", "relay-refused", false],
  ["535 5.7.0 Invalid login or password", "authentication-failed", false],
])("%s is told for what it is", async (reply, code, retryable) => {
  await using relay = await startRelay();
  relay.setFaults([{ at: "auth", do: { reply } }]);
  await using provider = await open(relay);
  await expect(provider.verify()).rejects.toMatchObject({ code, retryable, stage: "auth" });
});

test("a message beyond 30 MB, the most that Mailtrap allows anybody, is not sent, though the relay announces no limit", async () => {
  await using relay = await startSandboxRelay({ users: { api: token }, extensions: { size: false } });
  await using provider = await open(relay);
  // In base64, a third more.
  const content = new Uint8Array(31 * 1024 * 1024 * 0.73);
  const attachments = [{ filename: "a.bin", contentType: "application/octet-stream", content }];
  await expect(provider.send({ ...message, attachments })).rejects.toMatchObject({
    code: "message-too-large",
    certainty: "not_sent",
  });
  expect(relay.messages).toHaveLength(0);
});

test.each([
  [{}, false],
  [{ signing_secrets: [] }, false],
  [{ signing_secrets: ["short"] }, false],
  [{ signing_secrets: ["a".repeat(32)], other: 1 }, false],
  [{ signing_secrets: ["a".repeat(32), "b".repeat(32)] }, true],
])("settings of the webhook %j: %s", async (config, isGood) => {
  const result = await mailtrapDefinition.webhook?.configSchema["~standard"].validate(config);
  expect(result !== undefined && !result.issues).toBe(isGood);
});
