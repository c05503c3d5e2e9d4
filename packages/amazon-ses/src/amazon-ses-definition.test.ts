import { type SandboxRelay, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { createProviderRegistry, type EmailMessage } from "@getfluxly/email-core";
import { receiveWebhook, sameMessageId } from "@getfluxly/email-core/webhook";
import { describe, expect, test } from "vitest";
import {
  type AmazonSesConfig,
  amazonSesDefinition,
  createAmazonSesDefinition,
} from "./amazon-ses-definition.js";
import { createSigningCertificate } from "./webhook/__fixtures__/create-signing-certificate.js";
import { notification, signedAt, signSnsMessage } from "./webhook/__fixtures__/sign-sns-message.js";
import { topicArn } from "./webhook/__fixtures__/sns-addresses.js";
import { amazonSesWebhook } from "./webhook/index.js";

const config: AmazonSesConfig = {
  region: "eu-central-1",
  username: "AKIAIOSFODNN7EXAMPLE",
  // Of 44 characters, as every SMTP password of SES.
  password: `B${"Abc1+/x".repeat(6)}8`,
};
const sender = { from_email: "shop@example.org" };
const message: EmailMessage = { to: [{ address: "kim@example.net" }], subject: "Hello", text: "Hi" };
const sesId = "0107018f3a4b5c6d-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-000000";

const startRelay = () => startSandboxRelay({ users: { [config.username]: config.password } });

function open(relay: SandboxRelay, more: Partial<AmazonSesConfig> = {}) {
  const connection = { host: "localhost", port: relay.port };
  const registry = createProviderRegistry({ ses: createAmazonSesDefinition({ connection }) });
  return registry.open("ses", {
    config: { ...config, ...more },
    sender,
    context: { permitsAddress: () => true, certificateAuthorities: [relay.certificateAuthority] },
  });
}

describe("the form", () => {
  const registry = createProviderRegistry({ ses: amazonSesDefinition });

  test("asks for the region and the SMTP credentials", async () => {
    const { form, secretFields } = await registry.describe("ses");
    expect(form.required).toEqual(["region", "username", "password"]);
    expect(Object.keys(Object(form.properties))).toEqual([
      "region",
      "username",
      "password",
      "configuration_set",
    ]);
    expect(secretFields).toEqual(["password"]);
  });

  test.each<[keyof AmazonSesConfig, string, RegExp]>([
    ["region", "email-smtp.eu-central-1.amazonaws.com", /Is a host/],
    ["region", "eu-central-1a", /availability zone/],
    ["region", "Frankfurt", /name of a region/],
    ["region", "eu-central-1.evil.example", /name of a region/],
    ["region", "127", /name of a region/],
    ["username", "ASIAIOSFODNN7EXAMPLE", /temporary/],
    ["username", "ses-smtp-user.20310312-160607", /IAM user/],
    ["username", "arn:aws:iam::111122223333:user/x", /ARN/],
    ["username", "kim@example.net", /e-mail address/],
    ["password", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", /secret access key/],
    ["password", "AKIAIOSFODNN7EXAMPLE", /user name/],
    ["password", `${config.password} `, /blank/],
    ["configuration_set", "main, other", /letters, digits/],
  ])("names %s %j for what it is, before any connection", async (field, value, sentence) => {
    await expect(
      registry.open("ses", { config: { ...config, [field]: value }, sender }),
    ).rejects.toMatchObject({
      code: "config-invalid",
      issues: [{ path: field, message: expect.stringMatching(sentence) }],
    });
  });

  test("takes every region, the far ones too", async () => {
    for (const region of ["us-east-1", "us-gov-west-1", "ap-southeast-7", "mx-central-1", "eu-isoe-west-1"]) {
      await using provider = await registry.open("ses", { config: { ...config, region }, sender });
      expect(provider).toBeDefined();
    }
  });

  test("of the webhook wants ARNs of topics", async () => {
    const schema = amazonSesDefinition.webhook?.configSchema["~standard"];
    const good = { topic_arns: [topicArn, "arn:aws-cn:sns:cn-north-1:111122223333:a.fifo"] };
    expect(await schema?.validate(good)).toEqual({ value: good });
    for (const bad of [
      {},
      { topic_arns: [] },
      { topic_arns: ["mail-events"] },
      { topic_arns: [`${topicArn}:0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9`] },
      { ...good, raw_delivery_secrets: ["short"] },
      { ...good, other: 1 },
    ]) {
      expect(await schema?.validate(bad)).toHaveProperty("issues");
    }
    expect(await amazonSesDefinition.webhook?.load()).toBe(amazonSesWebhook);
  });
});

test("a refused login tells where the right credentials are, and that they are of one region", async () => {
  await using relay = await startRelay();
  await using provider = await open(relay, { password: `${config.password.slice(0, -1)}9` });
  await expect(provider.verify()).rejects.toMatchObject({
    code: "authentication-failed",
    remedy: expect.stringMatching(/SMTP settings.*this region only.*not the secret access key/s),
  });
});

/** What SES makes of a message when its recipient does not exist, signed as SNS signs it. */
const amazon = createSigningCertificate();
function toBounce(raw: string, messageId: string | undefined): string {
  const unfolded = raw.replace(/\r\n(?=[ \t])/g, "");
  const fields = [...(unfolded.split("\r\n\r\n")[0] ?? "").matchAll(/^([^:\r\n]+): ?(.*)$/gm)];
  const headers = fields.map(([, name, value]) => ({ name, value: value?.trim() }));
  const fieldOf = (wanted: string) => headers.find(({ name }) => name === wanted)?.value ?? "";
  const tags = fieldOf("X-SES-MESSAGE-TAGS")
    .split(/, */)
    .map((tag) => [tag.slice(0, tag.indexOf("=")), [tag.slice(tag.indexOf("=") + 1)]]);
  const event = {
    eventType: "Bounce",
    bounce: {
      bounceType: "Permanent",
      bounceSubType: "NoEmail",
      bouncedRecipients: [
        { emailAddress: "kim@example.net", status: "5.1.1", diagnosticCode: "smtp; 550 5.1.1 no such user" },
      ],
      timestamp: "2031-03-12T16:06:07.891Z",
    },
    mail: {
      timestamp: "2031-03-12T16:06:05.000Z",
      messageId,
      destination: ["kim@example.net"],
      headers: headers.filter(({ name }) => !name?.startsWith("X-SES-")),
      tags: { "ses:configuration-set": [fieldOf("X-SES-CONFIGURATION-SET")], ...Object.fromEntries(tags) },
    },
  };
  return JSON.stringify(
    signSnsMessage({ ...notification, Message: JSON.stringify(event) }, amazon.privateKey),
  );
}

describe("there and back", () => {
  const metadata = { order: "A-17", city: "Zürich", note: "a, b=c; =?x?=", empty: "", long: "x".repeat(256) };
  // The second is beyond the fast composer, so nodemailer writes it.
  test.each(["Hello", "=?looks encoded"])("a bounce of %j finds its message", async (subject) => {
    await using relay = await startRelay();
    relay.setFaults([{ at: "end-of-data", do: { raw: `250 Ok ${sesId}\r\n` } }]);
    await using provider = await open(relay, { configuration_set: "main" });
    const tags = ["invoice", "für Kim", ...Array.from({ length: 8 }, (_, index) => `t${index}`)];
    const receipt = await provider.send({ ...message, subject, tags, metadata });
    expect(receipt.relayMessageId).toBe(sesId);
    const [received] = await relay.waitForMessages(1);
    expect(received?.parsed.headers.get("x-ses-configuration-set")).toEqual(["main"]);
    expect(received?.parsed.headers.has("x-ses-list-management-options")).toBe(false);

    const reception = await receiveWebhook({
      adapter: amazonSesWebhook,
      request: {
        method: "POST",
        url: "https://example.com/webhooks/ses/demo",
        headers: { "x-amz-sns-message-type": "Notification" },
        body: toBounce(Buffer.from(received?.raw ?? []).toString("latin1"), receipt.relayMessageId),
      },
      config: { topic_arns: [topicArn] },
      now: signedAt,
      fetch: async () => new Response(amazon.pem),
      replayStore: null,
    });
    if (reception.outcome !== "received") throw new Error(reception.outcome);
    const { events, failures } = await reception.parse();
    expect(failures).toEqual([]);
    const [event] = events;
    expect(event).toMatchObject({
      type: "bounced",
      recipient: "kim@example.net",
      correlationId: receipt.messageId.replace(/@.*/, ""),
      relayMessageId: receipt.relayMessageId,
      tags,
      bounce: { severity: "permanent", category: "invalid-recipient" },
      suppression: { advice: "suppress" },
    });
    expect({ ...event?.metadata }).toEqual({ ...metadata, gf_id: event?.correlationId });
    expect(sameMessageId(event?.messageId, receipt.messageId)).toBe(true);
  });

  test("options of one message come before the settings", async () => {
    await using relay = await startRelay();
    await using provider = await open(relay, { configuration_set: "main" });
    const providerOptions = { ses: { configurationSet: "other", contactList: "news", topic: "offers" } };
    const receipt = await provider.send({ ...message, providerOptions });
    const [received] = await relay.waitForMessages(1);
    expect(received?.parsed.headers.get("x-ses-configuration-set")).toEqual(["other"]);
    expect(received?.parsed.headers.get("x-ses-list-management-options")).toEqual([
      "contactListName=news; topic=offers",
    ]);
    // The reply of another server is no id of SES.
    expect(receipt.relayMessageId).toBeUndefined();
  });
});

describe("what SES would refuse or drop is refused before it is sent", () => {
  const list = { contactList: "news" };
  const cases: readonly [string, Partial<EmailMessage>, string, string][] = [
    ["the key of a tag", { metadata: { gf_tag_1: "1" } }, "message-invalid", "metadata.gf_tag_1"],
    ["a long value", { metadata: { k: "v".repeat(257) } }, "message-invalid", "metadata.k"],
    [
      "a long value that has to be encoded",
      { metadata: { k: "v ".repeat(95) } },
      "message-invalid",
      "metadata.k",
    ],
    ["a long tag that has to be encoded", { tags: ["ü".repeat(100)] }, "message-invalid", "tags[0]"],
    ["eleven tags", { tags: [..."abcdefghijk"] }, "capability-unsupported", "tags"],
    [
      "a list for two recipients",
      { to: [{ address: "a@example.net" }, { address: "b@example.net" }], providerOptions: { ses: list } },
      "message-invalid",
      "providerOptions.ses.contactList",
    ],
    [
      "a list beside an own List-Unsubscribe",
      { listUnsubscribe: { url: "https://example.org/u" }, providerOptions: { ses: list } },
      "message-invalid",
      "listUnsubscribe",
    ],
    [
      "a topic of no list",
      { providerOptions: { ses: { topic: "a" } } },
      "message-invalid",
      "providerOptions.ses.topic",
    ],
    [
      "a name that would be two",
      { providerOptions: { ses: { configurationSet: "a; b" } } },
      "message-invalid",
      "providerOptions.ses.configurationSet",
    ],
    [
      "an unknown option",
      { providerOptions: { ses: { tenant: "a" } } },
      "message-invalid",
      "providerOptions.ses",
    ],
    ["our own header", { headers: { "x-ses-message-tags": "a=b" } }, "message-invalid", "x-ses-message-tags"],
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
});

test.each([
  ["auth", "535 Account not subscribed to SES", "relay-refused"],
  ["auth", "535 Authentication Credentials Invalid", "authentication-failed"],
  ["end-of-data", "554 Message rejected: Email address is not verified.", "sender-refused"],
  ["end-of-data", "554 MAIL FROM domain not verified: DNS setup is invalid.", "sender-refused"],
  ["end-of-data", "554 Access denied: User x is not authorized to perform ses:SendRawEmail", "relay-refused"],
  ["end-of-data", "554 Transaction failed", "message-refused"],
] as const)("at %s %j is told for what it is", async (at, reply, code) => {
  await using relay = await startRelay();
  relay.setFaults([{ at, do: { reply } }]);
  await using provider = await open(relay);
  await expect(provider.send(message)).rejects.toMatchObject({ code, retryable: false });
});
