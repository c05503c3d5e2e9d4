import { closedPort, type SandboxRelay, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import {
  createProviderRegistry,
  type DiagnoseOptions,
  type EmailError,
  type EmailMessage,
} from "@getfluxly/email-core";
import { diagnoseProvider } from "@getfluxly/email-core/diagnosis";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { createRelayNetworkPolicy } from "../network/relay-network-policy.js";
import {
  accessField,
  definePreset,
  type PresetConnection,
  type PresetOptions,
  toJsonHeader,
} from "./index.js";

const createAcme = (options?: PresetOptions, way: Partial<PresetConnection> = {}) =>
  definePreset(
    {
      id: "acme",
      displayName: "Acme",
      documentationUrl: "https://docs.example.com/smtp",
      configSchema: z.strictObject({
        token: accessField({
          title: "Token",
          description: "Of the server.",
          lookAlikes: [[/^account-/, "Is an account token: use that of a server."]],
        }),
      }),
      secretFields: ["token"],
      connection: ({ token }) => ({
        ...{ host: "smtp.acme.example", port: 587, tlsMode: "starttls" },
        ...{ username: token, password: token },
        ...way,
      }),
      credentialSteps: ["Servers > Tokens"],
      limits: { tags: 2, metadata: 3, recipients: 2, messageBytes: 5_000 },
      messageOptions: z.strictObject({ stream: z.string().optional() }),
      headers: ({ message, options, metadata, report }) => {
        for (const tag of message.tags ?? []) if (tag.length > 10) report("tags", "At most 10 characters.");
        return [
          ...(message.tags ?? []).map((tag) => ["X-Acme-Tag", tag] as const),
          ["X-Acme-Data", toJsonHeader(metadata)],
          ["X-ACME-id-gf_id", message.correlationId],
          ...(options.stream === undefined ? [] : [["X-Acme-Stream", options.stream] as const]),
        ];
      },
      relayMessageId: /^2\.0\.0 Ok: kept as (\w+)$/,
      replies: [
        {
          pattern: /^535 .*too many connections/i,
          code: "relay-unavailable",
          remedy: "Use fewer connections.",
        },
        { pattern: /^535 .*quota/i, code: "relay-refused", remedy: "Buy more, or wait for the next month." },
      ],
      delivery: { maxConnections: 2 },
      domainRecords: { source: "https://docs.example.com/dns", verifiedOn: "2026-10-01", dkim: [] },
      facts: [],
    },
    options,
  );

async function open(relay: Pick<SandboxRelay, "port" | "certificateAuthority">) {
  const registry = createProviderRegistry({
    acme: createAcme({ connection: { host: "localhost", port: relay.port } }),
  });
  return registry.open("acme", {
    config: { token: "sandbox" },
    sender: { from_email: "shop@example.org" },
    context: {
      ...createRelayNetworkPolicy({ allowNetworks: ["127.0.0.0/8", "::1"] }),
      certificateAuthorities: relay.certificateAuthority ? [relay.certificateAuthority] : [],
    },
  });
}

const message: EmailMessage = { to: [{ address: "anna@example.com" }], subject: "Hello", text: "Hi" };
const startRelay = () => startSandboxRelay({ tls: "starttls", users: { sandbox: "sandbox" } });

describe("a preset", () => {
  test("asks for what its relay needs, and nothing else", async () => {
    const { form, secretFields } = await createProviderRegistry({ acme: createAcme() }).describe("acme");
    expect(Object.keys(Object(form.properties))).toEqual(["token"]);
    expect(form.required).toEqual(["token"]);
    expect(secretFields).toEqual(["token"]);
  });

  test("names a look-alike before any connection is made", async () => {
    const registry = createProviderRegistry({ acme: createAcme() });
    const opened = registry.open("acme", {
      config: { token: "account-1" },
      sender: { from_email: "shop@example.org" },
    });
    await expect(opened).rejects.toMatchObject({
      code: "config-invalid",
      issues: [{ path: "token", message: "Is an account token: use that of a server." }],
    });
  });

  test("logs in, and sends tags, metadata, options and the correlation id in its relay's headers", async () => {
    await using relay = await startRelay();
    relay.setFaults([{ at: "end-of-data", do: { raw: "250 2.0.0 Ok: kept as abc123\r\n" } }]);
    await using provider = await open(relay);
    const receipt = await provider.send({
      ...message,
      tags: ["one", "two"],
      metadata: { order: "A 17 für =?x" },
      providerOptions: { acme: { stream: "news" } },
    });
    const [received] = await relay.waitForMessages(1);
    const text = Buffer.from(received?.raw ?? []).toString();
    const correlationId = receipt.messageId.replace(/@.*/, "");
    expect(receipt.relayMessageId).toBe("abc123");
    expect(text).toMatch(/^X-Acme-Tag: one\r\nX-Acme-Tag: two\r\n/);
    expect(text).toContain("\r\nX-Acme-Stream: news\r\n");
    const header = /^X-Acme-Data: ([^\r]*(?:\r\n [^\r]*)*)/m.exec(text)?.[1]?.replaceAll("\r\n", "") ?? "";
    expect(header).toMatch(/^[!-~ ]+$/);
    expect(JSON.parse(header)).toEqual({ order: "A 17 für =?x", gf_id: correlationId });
  });

  test("sends them too when nodemailer composes", async () => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    await provider.send({ ...message, subject: "=?looks encoded", tags: ["one", "two"] });
    const [received] = await relay.waitForMessages(1);
    expect(Buffer.from(received?.raw ?? []).toString()).toMatch(
      /^X-Acme-Tag: one\r\nX-Acme-Tag: two\r\nX-Acme-Data: \{"gf_id": "\w{26}"\}\r\nX-ACME-id-gf_id: \w{26}\r\n/,
    );
  });

  const refused: readonly [string, Partial<EmailMessage>, Partial<EmailError>][] = [
    [
      "what its relay limits",
      { tags: ["much too long"] },
      { code: "message-invalid", issues: [{ path: "tags", message: "At most 10 characters." }] },
    ],
    ["more than its relay takes", { tags: ["a", "b", "c"] }, { code: "capability-unsupported" }],
    [
      "more metadata than fits beside gf_id",
      { metadata: { a: "1", b: "2", c: "3" } },
      { code: "capability-unsupported" },
    ],
    ["unknown options", { providerOptions: { acme: { streem: "x" } } }, { code: "message-invalid" }],
    [
      "a header that it writes itself",
      { headers: { "x-acme-DATA": "{}" } },
      { code: "message-invalid", issues: [expect.objectContaining({ path: 'headers["x-acme-DATA"]' })] },
    ],
    ["a tag that is not ASCII", { tags: ["für"] }, { code: "message-invalid" }],
    [
      "too many recipients",
      { to: ["a", "b", "c"].map((name) => ({ address: `${name}@example.com` })) },
      { code: "too-many-recipients" },
    ],
  ];
  test.each(refused)("refuses %s before anything is sent", async (_what, part, expected) => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    await expect(provider.send({ ...message, ...part })).rejects.toMatchObject({
      certainty: "not_sent",
      ...expected,
    });
    expect(relay.connections).toHaveLength(0);
  });
});

describe("what a preset knows", () => {
  test("bounds a message that the relay would announce room for", async () => {
    await using relay = await startRelay();
    await using provider = await open(relay);
    const text = "word ".repeat(1_000);
    await expect(provider.send({ ...message, text })).rejects.toMatchObject({
      code: "message-too-large",
      certainty: "not_sent",
    });
    expect(relay.messages).toHaveLength(0);
  });

  test("says where the right credentials are found, also in a batch", async () => {
    await using relay = await startSandboxRelay({ tls: "starttls", users: { other: "other" } });
    await using provider = await open(relay);
    const expected = { code: "authentication-failed", remedy: expect.stringContaining("Servers > Tokens") };
    await expect(provider.verify()).rejects.toMatchObject({ ...expected, reply: { code: 535 } });
    await expect(provider.send(message)).rejects.toMatchObject(expected);
    const outcomes = [];
    for await (const outcome of provider.sendBatch([message])) outcomes.push(outcome);
    expect(outcomes).toMatchObject([{ status: "failed", failure: expected }]);
  });

  test.each([
    ["535 5.7.8 Too many connections", "relay-unavailable", true, "relay", "Use fewer connections."],
    ["535 5.7.0 Quota reached", "relay-refused", false, "relay", "Buy more, or wait for the next month."],
  ])("knows what %j means here", async (reply, code, retryable, actor, remedy) => {
    await using relay = await startRelay();
    relay.setFaults([{ at: "auth", do: { reply } }]);
    await using provider = await open(relay);
    await expect(provider.verify()).rejects.toMatchObject({ code, retryable, actor, remedy, stage: "auth" });
  });

  test("tells which port a firewall has to open", async () => {
    const port = await closedPort();
    await using provider = await open({ port, certificateAuthority: "" });
    await expect(provider.verify()).rejects.toMatchObject({
      code: "connection-failed",
      remedy: expect.stringContaining(`port ${port}`),
    });
  });

  test("stands beside the definition", () => {
    const { preset } = createAcme();
    expect(preset).toMatchObject({ credentialSteps: ["Servers > Tokens"], limits: { recipients: 2 } });
  });
});

describe("the diagnosis of a preset", () => {
  async function diagnose(
    relay: SandboxRelay,
    config: unknown,
    definition = createAcme({ connection: { host: "localhost", port: relay.port } }),
    options: DiagnoseOptions = {},
  ) {
    const context = {
      ...createRelayNetworkPolicy({ allowNetworks: ["127.0.0.0/8", "::1"] }),
      certificateAuthorities: [relay.certificateAuthority ?? ""],
    };
    const settings = { config, sender: { from_email: "shop@example.org" }, context };
    for await (const event of diagnoseProvider(definition, settings, options))
      if (event.type === "report") return event;
    throw new Error("no report");
  }

  test("passes like any other", async () => {
    await using relay = await startRelay();
    expect(await diagnose(relay, { token: "sandbox" })).toMatchObject({ verdict: "pass" });
  });
  test("names what is wrong with its own form, before any connection", async () => {
    await using relay = await startRelay();
    const report = await diagnose(relay, { token: "account-1" });
    expect(report.diagnosis).toMatchObject({ ruleId: "config.invalid", steps: ["Servers > Tokens"] });
    expect(report.diagnosis?.issues).toMatchObject([{ path: "token" }]);
    expect(relay.connections).toHaveLength(0);
  });
  test("says where its credentials are when the login is refused, and suggests no field that its form lacks", async () => {
    await using relay = await startRelay();
    const report = await diagnose(relay, { token: "wrong-token" });
    expect(report.diagnosis).toMatchObject({ ruleId: "auth.invalid", steps: ["Servers > Tokens"] });
    expect(report.diagnosis?.suggestedPatch).toBeUndefined();
    expect(JSON.stringify(report)).not.toContain("wrong-token");
  });
  test("finds the other port of the relay, as a delivery does", async () => {
    await using relay = await startRelay();
    const way = { host: "localhost", port: await closedPort(), fallbackPorts: [relay.port] };
    const report = await diagnose(relay, { token: "sandbox" }, createAcme({}, way));
    expect(report.verdict).toBe("pass");
    expect(report.stages.find(({ stage }) => stage === "tcp")?.summary).toContain(`port ${relay.port}`);
  });
  test("names the ports to open when none can be reached, since its form has none to change", async () => {
    await using relay = await startRelay();
    const [port, other] = [await closedPort(), await closedPort()];
    const way = { host: "localhost", port, fallbackPorts: [other] };
    const report = await diagnose(relay, { token: "sandbox" }, createAcme({}, way));
    expect(report.diagnosis?.steps).toEqual([expect.stringContaining(`${port}, ${other}`)]);
  });
  test("sends its test message with the relay's own headers, so that its events find it", async () => {
    await using relay = await startRelay();
    relay.setFaults([{ at: "end-of-data", do: { raw: "250 2.0.0 Ok: kept as abc123\r\n" } }]);
    const options = { mode: "send", recipient: "anna@example.com" } as const;
    const report = await diagnose(relay, { token: "sandbox" }, undefined, options);
    expect(report.testMessage).toMatchObject({ relayMessageId: "abc123" });
    const correlationId = report.testMessage?.messageId.replace(/@.*/, "");
    expect(relay.messages[0]?.parsed.headers.get("x-acme-data")).toEqual([`{"gf_id": "${correlationId}"}`]);
  });
});
