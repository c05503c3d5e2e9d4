import {
  closedPort,
  type SandboxRelay,
  type SandboxRelayOptions,
  startSandboxRelay,
} from "@getfluxly/email-conformance/sandbox-relay";
import { createRelayNetworkPolicy } from "@getfluxly/email-custom-smtp";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openTestHost, type TestHost } from "../__fixtures__/open-test-host.js";
import { providerBody } from "../__fixtures__/provider-body.js";

/** In place of the machine's DNS, which might be asked for any name: one that knows none. */
const dns = vi.hoisted(() => {
  const asked: string[] = [];
  const ask = async (name: string) => {
    asked.push(name);
    throw Object.assign(new Error(`no such host: ${name}`), { code: "ENOTFOUND" });
  };
  return { asked, ask };
});
vi.mock("node:dns/promises", () => ({
  lookup: dns.ask,
  Resolver: class {
    resolve4 = dns.ask;
    resolve6 = dns.ask;
    cancel() {}
  },
}));

const collection = "/v1/projects/demo/email-providers";
const relays: SandboxRelay[] = [];
let relay: SandboxRelay;
let host: TestHost;

async function startRelay(options?: SandboxRelayOptions): Promise<SandboxRelay> {
  const started = await startSandboxRelay(options);
  relays.push(started);
  return started;
}

beforeAll(async () => {
  relay = await startRelay({ rejectRecipients: { "nobody@example.net": "550 5.1.1 No such user" } });
  host = await openTestHost({ certificateAuthorities: [relay.certificateAuthority] });
});
beforeEach(async () => {
  await host.database.query("delete from email_providers");
  relay.setFaults([]);
  await relay.waitForNoConnections();
  relay.clear();
});
afterAll(() => Promise.all(relays.map((started) => started.close())));

const create = (body: unknown, on = host) => on.call("POST", collection, { body });

test("a relay that takes the login is stored, and the answer is what the contract promises", async () => {
  const body = providerBody(relay, { from_name: "Näws", reply_to: "help@example.com" });
  const answer = await create(body);
  const { password, ...shown } = body;
  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({
    ...shown,
    id: expect.stringMatching(/^epr_[0-9A-Z]{26}$/),
    project_id: "demo",
    password_set: true,
    reachable: true,
    verified: true,
    verified_at: expect.stringMatching(/^\d{4}-.*Z$/),
    authenticated: true,
    encrypted: true,
    warnings: [],
    created_at: expect.stringMatching(/^\d{4}-.*Z$/),
    webhook: {
      url: "http://host.test/webhooks/smtp/demo",
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
    },
  });
  const [connection] = relay.connections;
  expect(connection?.user).toBe("sandbox");
  expect(connection?.commands.some((command) => command.startsWith("MAIL"))).toBe(false);

  const { webhook, ...stored } = answer.body;
  expect((await host.call("GET", `/v1/email-providers/${answer.body.id}`)).body).toEqual(stored);
});

test("what is stored holds no secret in clear, and two equal passwords are sealed differently", async () => {
  const answers = await Promise.all([create(providerBody(relay)), create(providerBody(relay))]);
  const rows = await host.database.query("select * from email_providers");
  for (const { body } of answers) expect(JSON.stringify(rows)).not.toContain(body.webhook.secret);
  expect(JSON.stringify(rows)).not.toContain("sandbox-password");
  expect(rows.map((row) => row.config)).toEqual(
    rows.map(() => ({
      smtp_host: relay.host,
      smtp_port: relay.port,
      smtp_secure: "starttls",
      username: "sandbox",
    })),
  );
  const sealed = rows.map((row) => JSON.stringify(row.secrets));
  expect(new Set(sealed).size).toBe(2);
});

test("implicit TLS", async () => {
  const { body } = await create(providerBody(await startRelay({ tls: "implicit" })));
  expect(body).toMatchObject({ smtp_secure: "ssl", verified: true, encrypted: true });
});

test("an address in Unicode is stored in the form that goes on the wire", async () => {
  const { body } = await create(providerBody(relay, { from_email: "news@bücher.example" }));
  expect(body.from_email).toBe("news@xn--bcher-kva.example");
});

test("the public address of the host stands in the webhook's, whatever name the request used", async () => {
  const proxied = await openTestHost({
    database: host.database,
    certificateAuthorities: [relay.certificateAuthority],
    publicUrl: "https://mail.example.com/",
  });
  expect((await create(providerBody(relay), proxied)).body.webhook.url).toBe(
    "https://mail.example.com/webhooks/smtp/demo",
  );
});

describe("with a test recipient, a dry run", () => {
  test("that the relay takes is stored, and no message was sent", async () => {
    const { status, body } = await create(providerBody(relay, { test_recipient: "someone@example.net" }));
    expect([status, body.test_recipient]).toEqual([201, undefined]);
    expect(relay.connections[0]?.commands.join("\n")).toMatch(
      /MAIL FROM:<news@example\.com>[\s\S]*RCPT TO:<someone@/,
    );
    expect(relay.messages.length).toBe(0);
  });

  test("that the relay refuses is not stored", async () => {
    const { status, body } = await create(providerBody(relay, { test_recipient: "nobody@example.net" }));
    expect([status, body.code, body.stage]).toEqual([422, "recipients-refused", "rcpt-to"]);
    expect(body.rejected).toMatchObject([
      { address: "nobody@example.net", permanent: true, reply: { code: 550, enhanced_status: "5.1.1" } },
    ]);
    expect(await host.countProviders()).toBe(0);
  });
});

describe("none", () => {
  test.each([
    ["empty", { username: "", password: "" }],
    ["absent", { username: undefined, password: undefined }],
  ])("without a login (%s) is reachable, never verified, with a warning", async (_, login) => {
    const plain = await startRelay({ tls: "none", authentication: "not_offered" });
    const { status, body } = await create(providerBody(plain, login));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      reachable: true,
      verified: false,
      verified_at: null,
      authenticated: false,
      encrypted: false,
      password_set: false,
      warnings: [expect.stringMatching(/unencrypted/)],
    });
    const test = await host.call("POST", `/v1/email-providers/${body.id}/test`, {
      body: { to: "a@example.net" },
    });
    expect(test.body).toMatchObject({ verdict: "pass", warnings: [expect.stringMatching(/unencrypted/)] });
  });

  test("with a login on an allowed network is verified, with a warning", async () => {
    const { body } = await create(providerBody(await startRelay({ tls: "none" })));
    expect(body).toMatchObject({
      verified: true,
      encrypted: false,
      warnings: [expect.stringMatching(/unencrypted/)],
    });
  });

  test("outside the allowed networks is refused before a connection is made", async () => {
    const plain = await startRelay({ tls: "none" });
    const strict = await openTestHost({
      database: host.database,
      relayNetwork: { permitsAddress: () => true, permitsPlaintext: () => false },
    });
    const { status, body } = await create(providerBody(plain), strict);
    expect([status, body.code, body.actor]).toEqual([422, "plaintext-not-permitted", "configuration"]);
    expect(plain.connections.length).toBe(0);
    expect(await host.countProviders()).toBe(0);
  });
});

describe("a relay that cannot be proven is not stored, and the answer says why", () => {
  const check = async (body: unknown, expected: Readonly<Record<string, unknown>>) => {
    const answer = await create(body);
    expect(answer.status).toBe(422);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.body).toMatchObject({
      type: `https://github.com/getfluxly/email-connectors/blob/main/docs/reference/errors/${expected.code}.md`,
      title: expect.any(String),
      detail: expect.any(String),
      remedy: expect.stringMatching(/\.$/),
      certainty: "not_sent",
      ...expected,
    });
    expect(await host.countProviders()).toBe(0);
    return answer.body;
  };

  test("wrong password", async () => {
    await check(providerBody(relay, { password: "wrong" }), {
      code: "authentication-failed",
      stage: "auth",
      actor: "configuration",
      retryable: false,
      reply: { code: 535, enhanced_status: "5.7.8", text: expect.any(String) },
    });
  });

  test("STARTTLS stripped: no login leaves", async () => {
    const stripped = await startRelay({ starttls: "not_offered", authenticationInClear: true });
    await check(providerBody(stripped), { code: "starttls-unsupported", stage: "starttls" });
    expect(stripped.connections.flatMap(({ commands }) => commands).join()).not.toContain("AUTH");
  });

  test("a certificate that nobody vouches for", async () => {
    await check(providerBody(await startRelay({ certificate: "self_signed" })), {
      code: "certificate-invalid",
      stage: "tls",
    });
  });

  test("nobody listens", async () => {
    await check(providerBody({ ...relay, port: await closedPort() }), {
      code: "connection-failed",
      stage: "tcp",
      retryable: true,
    });
  });

  test("no such host", async () => {
    await check(providerBody(relay, { smtp_host: "no-such-host.invalid" }), {
      code: "host-not-found",
      stage: "dns",
    });
    expect(new Set(dns.asked)).toEqual(new Set(["no-such-host.invalid"]));
  });

  test("a relay that is busy", async () => {
    relay.setFaults([{ at: "greeting", do: { reply: "421 4.3.2 Try again later" } }]);
    await check(providerBody(relay), { code: "relay-unavailable", stage: "greeting", retryable: true });
  });
});

test("what the network policy refuses gets one answer, whatever is there", async () => {
  const strict = await openTestHost({ database: host.database, relayNetwork: createRelayNetworkPolicy() });
  const targets = [
    { smtp_host: relay.host, smtp_port: relay.port },
    { smtp_host: relay.host, smtp_port: await closedPort() },
    { smtp_host: relay.host, smtp_port: relay.port, password: "wrong" },
    { smtp_host: "localhost", smtp_port: 25, smtp_secure: "none", username: "", password: "" },
    { smtp_host: "::1" },
    { smtp_host: "::ffff:127.0.0.1" },
    { smtp_host: "10.0.0.1", test_recipient: "a@example.net" },
    { smtp_host: "169.254.169.254" },
    { smtp_host: "fd00:ec2::254" },
  ];
  const answers: unknown[] = [];
  for (const target of targets) {
    const { status, body } = await create(providerBody(relay, target), strict);
    const { request_id, ...problem } = body;
    answers.push({ status, ...problem });
  }
  expect(answers).toEqual(targets.map(() => answers[0]));
  expect(answers[0]).toMatchObject({ status: 422, code: "relay-not-permitted", actor: "operator" });
  expect(relay.connections.length).toBe(0);
  expect(await host.countProviders()).toBe(0);
});

describe("bad fields", () => {
  const cases: readonly [string, Readonly<Record<string, unknown>>, readonly string[]][] = [
    ["port 0", { smtp_port: 0 }, ["smtp_port"]],
    ["port 65536", { smtp_port: 65536 }, ["smtp_port"]],
    ["a port with a fraction", { smtp_port: 587.5 }, ["smtp_port"]],
    ["a port in quotes", { smtp_port: "587" }, ["smtp_port"]],
    ["587 with ssl", { smtp_port: 587, smtp_secure: "ssl" }, ["smtp_secure"]],
    ["465 with starttls", { smtp_port: 465, smtp_secure: "starttls" }, ["smtp_secure"]],
    ["an unknown mode", { smtp_secure: "tls" }, ["smtp_secure"]],
    ["no host", { smtp_host: undefined }, ["smtp_host"]],
    ["a URL as host", { smtp_host: "smtp://relay.example.com" }, ["smtp_host"]],
    ["a host as a number", { smtp_host: "2130706433" }, ["smtp_host"]],
    ["no password", { password: undefined }, ["password"]],
    ["a password that is a number", { password: 12345678 }, ["password"]],
    ["no name", { display_name: undefined }, ["display_name"]],
    ["an empty name", { display_name: "" }, ["display_name"]],
    ["a name of two lines", { display_name: "a\r\nBcc: x@example.com" }, ["display_name"]],
    ["no sender", { from_email: undefined }, ["from_email"]],
    [
      "a sender with a line break",
      { from_email: "a@example.com\r\nRCPT TO:<b@example.com>" },
      ["from_email"],
    ],
    ["a list as sender", { from_email: "a@example.com,b@example.com" }, ["from_email"]],
    ["a sender with a comment", { from_email: "a@example.com(x)" }, ["from_email"]],
    ["a sender with U+0085", { from_email: "a@example.com\u0085" }, ["from_email"]],
    ["a sender that is a list", { from_email: ["a@example.com"] }, ["from_email"]],
    ["null for what may be left out", { from_name: null, reply_to: null }, ["from_name", "reply_to"]],
    ["an unreadable test recipient", { test_recipient: "nobody" }, ["test_recipient"]],
    ["a provider that is a number", { provider: 1 }, ["provider"]],
    [
      "many at once",
      { display_name: 1, from_email: "x", smtp_port: 0, smtp_secure: "tls" },
      ["display_name", "from_email", "smtp_port", "smtp_secure"],
    ],
  ];
  test.each(cases)("%s: named, with what to do", async (_, changes, paths) => {
    const { body, status } = await create(providerBody(relay, changes));
    expect([status, body.code]).toEqual([422, "body-invalid"]);
    const issues: readonly { path: string; message: string }[] = body.issues;
    expect(issues.map(({ path }) => path).sort()).toEqual(paths);
    for (const { message } of issues) expect(message.length).toBeGreaterThan(8);
    expect(relay.connections.length).toBe(0);
    expect(await host.countProviders()).toBe(0);
  });

  test("the fix stands beside the field", async () => {
    const message = async (changes: Readonly<Record<string, unknown>>) =>
      (await create(providerBody(relay, changes))).body.issues[0].message;
    expect(await message({ smtp_port: "587" })).toMatch(/number.*without quotes/);
    expect(await message({ smtp_port: 587, smtp_secure: "ssl" })).toMatch(/"starttls"/);
    expect(await message({ smtp_port: 465, smtp_secure: "starttls" })).toMatch(/"ssl"/);
  });

  test.each([
    ["smtp_prot", 587],
    ["tls", { rejectUnauthorized: false }],
    ["toString", 1],
    ["id", "epr_1"],
  ])("the unknown field %s is named, not dropped", async (field, value) => {
    const { body, status } = await create(providerBody(relay, { [field]: value }));
    expect([status, body.code, JSON.stringify(body.issues).includes(field)]).toEqual([
      422,
      "body-invalid",
      true,
    ]);
    expect(await host.countProviders()).toBe(0);
  });

  test.each(["", "SMTP", "smtp ", "constructor", "__proto__", "toString"])(
    "%j is no provider",
    async (provider) => {
      const { body, status } = await create(providerBody(relay, { provider }));
      expect([status, body.code]).toEqual([422, "provider-unknown"]);
    },
  );

  test("an unknown provider: the known ones are named, and so are other faults", async () => {
    const { body, status } = await create(providerBody(relay, { provider: "pigeon", from_email: "x" }));
    expect([status, body.code]).toEqual([422, "provider-unknown"]);
    expect(body.issues).toMatchObject([
      { path: "provider", message: expect.stringMatching(/smtp/) },
      { path: "from_email" },
    ]);
    expect(await host.countProviders()).toBe(0);
  });
});

describe("an end in the middle", () => {
  test("the caller goes: the connection is closed and nothing is stored", async () => {
    relay.setFaults([{ at: "auth", do: { stall: true } }]);
    const caller = new AbortController();
    const answering = host.call("POST", collection, { body: providerBody(relay), signal: caller.signal });
    await relay.waitForFault("auth");
    caller.abort();
    expect((await answering).body.code).toBe("client-closed");
    await relay.waitForNoConnections();
    expect(await host.countProviders()).toBe(0);
  });

  test("the host closes: the caller gets an answer and nothing is stored", async () => {
    const closing = await openTestHost({
      database: host.database,
      certificateAuthorities: [relay.certificateAuthority],
    });
    relay.setFaults([{ at: "auth", do: { stall: true } }]);
    const answering = create(providerBody(relay), closing);
    await relay.waitForFault("auth");
    await closing.close();
    expect((await answering).status).toBe(503);
    await relay.waitForNoConnections();
    expect(await host.countProviders()).toBe(0);
  });
});
