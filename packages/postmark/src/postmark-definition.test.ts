import { type SandboxRelay, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { createProviderRegistry, type EmailMessage } from "@getfluxly/email-core";
import { receiveWebhook } from "@getfluxly/email-core/webhook";
import { describe, expect, test } from "vitest";
import { createPostmarkDefinition, postmarkDefinition } from "./postmark-definition.js";
import { toConnection } from "./to-connection.js";
import { postmarkWebhook } from "./webhook/index.js";

const token = "4b1c8c3e-0a52-4d0e-9b5a-3f1f6f0f7a11";
const startRelay = () => startSandboxRelay({ users: { [token]: token } });
const message: EmailMessage = { to: [{ address: "kim@example.net" }], subject: "Hello", text: "Hi" };

function open(relay: SandboxRelay, server_token = token) {
  const connection = { host: "localhost", port: relay.port };
  const registry = createProviderRegistry({ postmark: createPostmarkDefinition({ connection }) });
  return registry.open("postmark", {
    config: { server_token },
    sender: { from_email: "shop@example.org" },
    context: { permitsAddress: () => true, certificateAuthorities: [relay.certificateAuthority] },
  });
}

describe("the form", () => {
  test("asks for one token", async () => {
    const registry = createProviderRegistry({ postmark: postmarkDefinition });
    const { form, secretFields } = await registry.describe("postmark");
    expect(Object.keys(Object(form.properties))).toEqual(["server_token"]);
    expect(form.required).toEqual(["server_token"]);
    expect(secretFields).toEqual(["server_token"]);
  });

  test.each([
    ["kim@example.net", /e-mail address/],
    ["PM-B-news-AbCdEfGhIjKlMnOpQrStU", /without its secret key/],
    [`${token}\n`, /line breaks/],
    [` ${token}`, /blank/],
  ])("names %j for what it is, before any connection", async (server_token, sentence) => {
    const registry = createProviderRegistry({ postmark: postmarkDefinition });
    const sender = { from_email: "shop@example.org" };
    await expect(registry.open("postmark", { config: { server_token }, sender })).rejects.toMatchObject({
      code: "config-invalid",
      issues: [{ path: "server_token", message: expect.stringMatching(sentence) }],
    });
  });
});

test("a server's token is both credentials; an SMTP token is two, and says which host", () => {
  expect(toConnection(token)).toMatchObject({
    host: "smtp.postmarkapp.com",
    port: 587,
    tlsMode: "starttls",
    username: token,
    password: token,
  });
  const key = "PM-B-news-AbCdEfGhIjKlMnOpQrStU";
  expect(toConnection(`${key}:secret`)).toMatchObject({
    host: "smtp-broadcasts.postmarkapp.com",
    username: key,
    password: "secret",
  });
  expect(toConnection("PM-T-outbound-AbCdEfGhIjKlMnOp:a:b")).toMatchObject({
    host: "smtp.postmarkapp.com",
    password: "a:b",
  });
});

test("verify is a login with the token", async () => {
  await using relay = await startRelay();
  await using provider = await open(relay);
  expect(await provider.verify()).toMatchObject({ authenticated: true, encrypted: true });
  expect(relay.connections[0]?.user).toBe(token);
});

test("a refused login says where the token is found", async () => {
  await using relay = await startRelay();
  await using provider = await open(relay, "00000000-0a52-4d0e-9b5a-3f1f6f0f7a11");
  await expect(provider.verify()).rejects.toMatchObject({
    ...{ code: "authentication-failed", certainty: "not_sent" },
    remedy: expect.stringContaining("API Tokens"),
  });
});

/** What Postmark makes of a message's headers when it posts a bounce of it. */
function toBounce(headers: ReadonlyMap<string, readonly string[]>, raw: string): object {
  const metadata = [...raw.matchAll(/^X-PM-Metadata-([^:]+): (.*)\r$/gm)].map(([, key, value]) => [
    key,
    value,
  ]);
  return {
    RecordType: "Bounce",
    ID: 4323372036854775807n.toString(),
    Type: "HardBounce",
    TypeCode: 1,
    Tag: headers.get("x-pm-tag")?.[0] ?? "",
    MessageID: "0c2f1c55-4a3f-4c84-9c5f-6f2a1d9d7d10",
    MessageStream: headers.get("x-pm-message-stream")?.[0] ?? "outbound",
    Details: "smtp;550 5.1.1 user unknown",
    Email: "kim@example.net",
    BouncedAt: "2031-03-04T05:06:07.9070259-04:00",
    Metadata: Object.fromEntries(metadata),
  };
}

describe("there and back", () => {
  // The second is beyond the fast composer, so nodemailer writes it.
  test.each(["Hello", "=?looks encoded"])("a bounce of %j finds its message", async (subject) => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    const receipt = await provider.send({
      ...message,
      subject,
      tags: ["invoice"],
      metadata: { Order_Id: "A-17 of 3", customer: "4711" },
      providerOptions: { postmark: { messageStream: "billing", trackOpens: true, trackLinks: "HtmlOnly" } },
    });
    const [received] = await relay.waitForMessages(1);
    const headers = received?.parsed.headers ?? new Map();
    expect(headers.get("x-pm-keepid")).toEqual(["true"]);
    expect(headers.get("x-pm-trackopens")).toEqual(["true"]);
    expect(headers.get("x-pm-tracklinks")).toEqual(["HtmlOnly"]);
    expect(receipt.relayMessageId).toBeUndefined();

    const secret = "one-secret-of-24-characters";
    const reception = await receiveWebhook({
      adapter: postmarkWebhook,
      request: {
        method: "POST",
        url: "https://example.com/webhooks/postmark/demo",
        headers: [["Authorization", `Basic ${btoa(`postmark:${secret}`)}`]],
        body: JSON.stringify(toBounce(headers, Buffer.from(received?.raw ?? []).toString("latin1"))),
      },
      config: { secrets: [secret] },
      replayStore: null,
    });
    if (reception.outcome !== "received") throw new Error(reception.outcome);
    const { events, failures } = await reception.parse();
    expect(failures).toEqual([]);
    expect(events).toMatchObject([
      {
        type: "bounced",
        recipient: "kim@example.net",
        correlationId: receipt.messageId.replace(/@.*/, ""),
        stream: "billing",
        tags: ["invoice"],
        metadata: { Order_Id: "A-17 of 3", customer: "4711" },
        bounce: { severity: "permanent", category: "invalid-recipient" },
        suppression: { advice: "suppress" },
      },
    ]);
  });
});

describe("what Postmark would turn into a bounce is refused before it is sent", () => {
  const bytes = new Uint8Array(8);
  const cases: readonly [string, Partial<EmailMessage>, string, string][] = [
    ["two tags", { tags: ["a", "b"] }, "capability-unsupported", "tags"],
    ["a tag that is not ASCII", { tags: ["für"] }, "message-invalid", "tags[0]"],
    ["a long key", { metadata: { ["k".repeat(21)]: "1" } }, "message-invalid", `metadata.${"k".repeat(21)}`],
    ["a long value", { metadata: { k: "v".repeat(81) } }, "message-invalid", "metadata.k"],
    ["an empty value", { metadata: { k: "" } }, "message-invalid", "metadata.k"],
    ["keys that differ by case", { metadata: { a: "1", A: "2" } }, "message-invalid", "metadata.A"],
    ["gf_id in capitals", { metadata: { GF_ID: "x" } }, "message-invalid", "metadata.gf_id"],
    [
      "ten fields beside gf_id",
      { metadata: Object.fromEntries([..."abcdefghij"].map((key) => [key, "1"])) },
      "capability-unsupported",
      "metadata",
    ],
    [
      "a programme",
      { attachments: [{ filename: "Setup.EXE", contentType: "application/pdf", content: bytes }] },
      "message-invalid",
      "attachments[0].filename",
    ],
    ["a long body", { html: "ü".repeat(2_500_001) }, "message-invalid", "html"],
    [
      "an unknown option",
      { providerOptions: { postmark: { trackLinks: "all" } } },
      "message-invalid",
      "providerOptions.postmark.trackLinks",
    ],
    ["our own header", { headers: { "x-pm-metadata-GF_ID": "x" } }, "message-invalid", "x-pm-metadata-GF_ID"],
  ];
  test.each(cases)("%s", async (_what, part, code, path) => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    await expect(provider.send({ ...message, ...part })).rejects.toMatchObject({
      code,
      certainty: "not_sent",
      issues: expect.arrayContaining([expect.objectContaining({ path: expect.stringContaining(path) })]),
    });
    expect(relay.connections).toHaveLength(0);
  });

  test("51 recipients", async () => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    const to = Array.from({ length: 51 }, (_unused, index) => ({ address: `r${index}@example.net` }));
    await expect(provider.send({ ...message, to })).rejects.toMatchObject({ code: "too-many-recipients" });
    expect(relay.connections).toHaveLength(0);
  });

  test("more than 10 MB with attachments encoded", async () => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    const content = new Uint8Array(8_000_000);
    const attachments = [{ filename: "a.pdf", contentType: "application/pdf", content }];
    await expect(provider.send({ ...message, attachments })).rejects.toMatchObject({
      code: "message-too-large",
      certainty: "not_sent",
    });
    expect(relay.messages).toHaveLength(0);
  });
});
