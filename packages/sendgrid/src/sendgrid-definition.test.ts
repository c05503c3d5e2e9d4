import { generateKeyPairSync, sign } from "node:crypto";
import { type SandboxRelay, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { createProviderRegistry, type EmailMessage } from "@getfluxly/email-core";
import { receiveWebhook } from "@getfluxly/email-core/webhook";
import { createRelayNetworkPolicy } from "@getfluxly/email-custom-smtp";
import { describe, expect, test } from "vitest";
import { createSendGridDefinition, sendgridDefinition } from "./index.js";
import { sendgridWebhookConfigSchema } from "./sendgrid-webhook-config-schema.js";
import { toSendGridConnection } from "./to-sendgrid-connection.js";

const apiKey = `SG.${"a".repeat(22)}.${"b".repeat(43)}`;
const message: EmailMessage = { to: [{ address: "kim@example.net" }], subject: "Hello", text: "Hi" };
const startRelay = () => startSandboxRelay({ tls: "starttls", users: { apikey: apiKey } });

function open(relay: SandboxRelay, api_key = apiKey) {
  const definition = createSendGridDefinition({ connection: { host: "localhost", port: relay.port } });
  return createProviderRegistry({ sendgrid: definition }).open("sendgrid", {
    config: { api_key },
    sender: { from_email: "shop@example.org" },
    context: {
      ...createRelayNetworkPolicy({ allowNetworks: ["127.0.0.0/8", "::1"] }),
      certificateAuthorities: [relay.certificateAuthority],
    },
  });
}

type Headers = ReadonlyMap<string, readonly string[]>;
const readInstructions = (headers: Headers | undefined) => {
  expect(headers?.get("x-smtpapi")).toHaveLength(1);
  return JSON.parse(headers?.get("x-smtpapi")?.[0] ?? "");
};

const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
const publicKey = pair.publicKey.export({ type: "spki", format: "der" }).toString("base64");

/** As SendGrid posts events. */
function toRequest(events: readonly object[]): Request {
  const body = `[${events.map((event) => JSON.stringify(event)).join(",\r\n")}]\r\n`;
  const time = String(Math.floor(Date.now() / 1000));
  return new Request("https://example.com/webhooks/sendgrid/demo", {
    method: "POST",
    headers: {
      "X-Twilio-Email-Event-Webhook-Timestamp": time,
      "X-Twilio-Email-Event-Webhook-Signature": sign(
        "sha256",
        Buffer.from(time + body),
        pair.privateKey,
      ).toString("base64"),
    },
    body,
  });
}

describe("there and back", () => {
  // The second is beyond the fast composer, so nodemailer writes it.
  test.each(["Hello", "=?looks encoded"])("the events of %j find their message", async (subject) => {
    await using relay = await startRelay();
    const id = "Jm0P2nrqR1K-oZ3_v7bXcQ";
    relay.setFaults([{ at: "end-of-data", do: { raw: `250 Ok: queued as ${id}\r\n` } }]);
    await using provider = await open(relay);
    const metadata = { order: "A 17", note: "für =?x ".repeat(20).trim(), path: 'a\\b"c' };
    const tags = ["invoice", "eu west"];
    const receipt = await provider.send({ ...message, subject, tags, metadata });
    const [received] = await relay.waitForMessages(1);
    const { category, unique_args } = readInstructions(received?.parsed.headers);

    const common = { email: received?.envelope.to[0], timestamp: 1_931_058_367 };
    const reply = {
      type: "bounce",
      status: "5.1.1",
      reason: "550 5.1.1 no such user",
      bounce_classification: "Invalid Address",
    };
    const reception = await receiveWebhook({
      adapter: (await sendgridDefinition.webhook?.load()) ?? expect.fail("no webhook"),
      request: toRequest([
        {
          ...common,
          event: "bounce",
          sg_event_id: "e-1",
          sg_message_id: `${id}.recvd-6f5d9c-x2-0`,
          category,
          ...unique_args,
          ...reply,
        },
        // One that came later, to the return path: without the arguments, and without an id of SendGrid's own.
        {
          ...common,
          event: "bounce",
          sg_event_id: "e-2",
          "smtp-id": `<${id}@geopod-ismtpd-3>`,
          ...reply,
        },
      ]),
      config: { public_keys: [publicKey] },
      replayStore: null,
    });
    if (reception.outcome !== "received") expect.fail(reception.outcome);
    const correlationId = receipt.messageId.replace(/@.*/, "");
    expect(receipt.relayMessageId).toBe(id);
    const bounce = {
      type: "bounced",
      recipient: "kim@example.net",
      relayMessageId: id,
      bounce: { severity: "permanent", category: "invalid-recipient" },
      suppression: { advice: "suppress" },
    };
    expect(await reception.parse()).toMatchObject({
      events: [
        { ...bounce, correlationId, tags, metadata: { ...metadata, gf_id: correlationId } },
        { ...bounce, correlationId: null, metadata: {} },
      ],
      failures: [],
    });
  });

  test("a message without anything carries our id alone; options are SendGrid's instructions", async () => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    const receipt = await provider.send(message);
    await provider.send({
      ...message,
      providerOptions: {
        sendgrid: {
          trackOpens: false,
          trackClicks: true,
          unsubscribeFooter: false,
          bypassListManagement: true,
          unsubscribeGroupId: 4711,
          ipPool: "transactional pool",
        },
      },
    });
    const [plain, full] = await relay.waitForMessages(2);
    expect(readInstructions(plain?.parsed.headers)).toEqual({
      unique_args: { gf_id: receipt.messageId.replace(/@.*/, "") },
    });
    const filter = (enable: number) => ({ settings: { enable } });
    expect(readInstructions(full?.parsed.headers)).toEqual({
      unique_args: { gf_id: expect.any(String) },
      asm_group_id: 4711,
      ip_pool: "transactional pool",
      filters: {
        opentrack: filter(0),
        clicktrack: filter(1),
        subscriptiontrack: filter(0),
        bypass_list_management: filter(1),
      },
    });
  });
});

describe("before any connection is made", () => {
  const long = "v".repeat(890);
  const beyond: readonly [string, Partial<EmailMessage>, string, string][] = [
    [
      "eleven tags",
      { tags: Array.from({ length: 11 }, (_, it) => `t${it}`) },
      "capability-unsupported",
      "tags",
    ],
    ["a tag that is not ASCII", { tags: ["ok", "für"] }, "message-invalid", "tags[1]"],
    [
      "a name that SendGrid's events have",
      { metadata: { timestamp: "1" } },
      "message-invalid",
      "metadata.timestamp",
    ],
    ["a value that fills a line", { metadata: { k: "ü".repeat(151) } }, "message-invalid", "metadata.k"],
    [
      "more than 10,000 bytes",
      { metadata: Object.fromEntries(Array.from({ length: 12 }, (_, it) => [`k${it}`, long])) },
      "message-invalid",
      "metadata",
    ],
    [
      "an unknown option",
      { providerOptions: { sendgrid: { trackOpen: true } } },
      "message-invalid",
      "providerOptions.sendgrid",
    ],
    ["a field that it writes itself", { headers: { "x-smtpapi": "{}" } }, "message-invalid", "x-smtpapi"],
  ];
  test.each(beyond)("refuses %s", async (_what, part, code, path) => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    await expect(provider.send({ ...message, ...part })).rejects.toMatchObject({
      code,
      certainty: "not_sent",
      issues: expect.arrayContaining([expect.objectContaining({ path: expect.stringContaining(path) })]),
    });
    expect(relay.connections).toHaveLength(0);
  });

  test("but takes what is just within", async () => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    const tags = Array.from({ length: 10 }, (_, it) => `t${it}`);
    // With its name, quotes and colons each takes 900 bytes, and gf_id 40.
    const metadata = Object.fromEntries(
      Array.from({ length: 11 }, (_, it) => [`key-${it}`, "v".repeat(888)]),
    );
    const { messageId } = await provider.send({ ...message, tags, metadata });
    const [received] = await relay.waitForMessages(1);
    expect(readInstructions(received?.parsed.headers)).toEqual({
      category: tags,
      unique_args: { ...metadata, gf_id: messageId.replace(/@.*/, "") },
    });
    const longest = Math.max(
      ...Buffer.from(received?.raw ?? [])
        .toString()
        .split("\r\n")
        .map((it) => it.length),
    );
    expect(longest).toBeLessThan(998);
  });

  test.each([
    ["kim@example.net", /e-mail address/],
    ["apikey", /user name/],
    [`${apiKey}\n`, /line breaks/],
    ["SG.aaaa bbbb", /blank/],
    [apiKey.slice(0, 25), /only the beginning/],
    ["a".repeat(22), /ID of an API key/],
    [`SK${"0a".repeat(16)}`, /Twilio/],
  ])("names %j for what it is", async (api_key, sentence) => {
    const registry = createProviderRegistry({ sendgrid: sendgridDefinition });
    const sender = { from_email: "shop@example.org" };
    await expect(registry.open("sendgrid", { config: { api_key }, sender })).rejects.toMatchObject({
      code: "config-invalid",
      issues: [{ path: "api_key", message: expect.stringMatching(sentence) }],
    });
  });
});

describe("the login", () => {
  test("asks for the key alone, and the region where there is one", async () => {
    const registry = createProviderRegistry({ sendgrid: sendgridDefinition });
    const { form, secretFields } = await registry.describe("sendgrid");
    expect(Object.keys(Object(form.properties))).toEqual(["api_key", "region"]);
    expect(form.required).toEqual(["api_key"]);
    expect(secretFields).toEqual(["api_key"]);
  });

  test.each([
    ["global", "smtp.sendgrid.net"],
    ["eu", "smtp.eu.sendgrid.net"],
  ] as const)("of region %s goes to %s, in TLS", (region, host) => {
    expect(toSendGridConnection({ api_key: apiKey, region })).toEqual({
      ...{ host, port: 587, fallbackPorts: [2525], tlsMode: "starttls" },
      ...{ username: "apikey", password: apiKey },
    });
  });

  test("is apikey, and the key", async () => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    expect(await provider.verify()).toMatchObject({ authenticated: true, encrypted: true });
    expect(relay.connections[0]?.user).toBe("apikey");
  });

  test("that is refused says where the right key is found", async () => {
    await using relay = await startRelay();
    await using provider = await open(relay, `SG.${"c".repeat(22)}.${"d".repeat(43)}`);
    await expect(provider.verify()).rejects.toMatchObject({
      code: "authentication-failed",
      remedy: expect.stringContaining("Restricted Access"),
    });
  });
});

describe("the settings of the webhook", () => {
  const check = async (public_keys: readonly string[]) =>
    sendgridWebhookConfigSchema["~standard"].validate({ public_keys });

  test("take a key as SendGrid shows it, and as PEM", async () => {
    const pem = pair.publicKey.export({ type: "spki", format: "pem" }).toString();
    expect(await check([publicKey, pem])).toMatchObject({ value: { public_keys: [publicKey, pem] } });
  });

  test.each([
    ["no key", [], /At least one/],
    ["an API key", [apiKey], /Is an API key/],
    [
      "a key of another curve",
      [
        generateKeyPairSync("ec", { namedCurve: "P-384" })
          .publicKey.export({ type: "spki", format: "der" })
          .toString("base64"),
      ],
      /verification key/,
    ],
  ])("refuse %s", async (_what, keys, sentence) => {
    expect(await check(keys)).toMatchObject({ issues: [{ message: expect.stringMatching(sentence) }] });
  });
});

test.each([
  ["auth", "451 Authentication failed: Maximum credits exceeded", "relay-refused", "plan"],
  [
    "end-of-data",
    "550 The from address does not match a verified Sender Identity.",
    "sender-refused",
    "Sender Authentication",
  ],
  ["auth", "535 Authentication failed: Bad username / password", "authentication-failed", "Mail Send"],
] as const)("at %s %j is told for what it is", async (at, reply, code, remedy) => {
  await using relay = await startRelay();
  relay.setFaults([{ at, do: { reply } }]);
  await using provider = await open(relay);
  await expect(provider.send(message)).rejects.toMatchObject({
    code,
    retryable: false,
    remedy: expect.stringContaining(remedy),
  });
});
