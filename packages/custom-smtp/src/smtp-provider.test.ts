import { inspect } from "node:util";
import {
  closedPort,
  type Fault,
  type SandboxRelay,
  type SandboxRelayOptions,
  startSandboxRelay,
} from "@getfluxly/email-conformance/sandbox-relay";
import type { EmailError, EmailMessage, ProviderContext } from "@getfluxly/email-core";
import { createProviderRegistry } from "@getfluxly/email-core";
import { describe, expect, test, vi } from "vitest";
import { failureOf } from "./__fixtures__/deliver.js";
import { openProvider as open } from "./__fixtures__/open-provider.js";
import { createRelayNetworkPolicy } from "./network/relay-network-policy.js";
import { customSmtpDefinition } from "./smtp-definition.js";

const modes = ["starttls", "ssl"] as const;
const tlsOf = { starttls: "starttls", ssl: "implicit", none: "none" } as const;

const message: EmailMessage = { to: [{ address: "anna@example.com" }], subject: "Hello", text: "Hi Anna" };

/** Everything the client ever said, as it was on the wire: what is readable here was not encrypted. */
const inClear = (relay: SandboxRelay) =>
  relay.connections.map((connection) => Buffer.from(connection.wire).toString("latin1")).join("\n");

const commands = (relay: SandboxRelay) => relay.connections.flatMap((connection) => connection.commands);

/** What no log may hold: of the login, and of the message. */
const confidential = /AUTH|sandbox|Hello|Hi Anna|anna@example/;

function createLog() {
  const logged: unknown[][] = [];
  const log: ProviderContext["log"] = (...entry) => logged.push(entry);
  return { log, logged };
}

describe("verify says yes", () => {
  test.each(modes)("in %s after TLS, a login and 235", async (smtp_secure) => {
    await using relay = await startSandboxRelay({ tls: tlsOf[smtp_secure] });
    await using provider = await open(relay, { smtp_secure });
    expect(await provider.verify()).toEqual({
      authenticated: true,
      encrypted: true,
      warnings: [],
      observedLimits: { maxMessageBytes: 25 * 1024 * 1024 },
    });
    expect(commands(relay).join("\n")).toMatch(/^EHLO client\.example\.org.*AUTH PLAIN/s);
    expect(commands(relay).join("\n")).not.toMatch(/MAIL|DATA/);
    expect(inClear(relay)).not.toMatch(/AUTH/i);
    expect(relay.connections[0]?.tls?.serverName).toBe("localhost");
    await relay.waitForNoConnections();
  });

  test.each(modes)("in %s at an IP address, which is no server name (RFC 6066)", async (smtp_secure) => {
    await using relay = await startSandboxRelay({ tls: tlsOf[smtp_secure] });
    await using provider = await open(relay, { smtp_secure, smtp_host: "127.0.0.1" });
    expect((await provider.verify()).encrypted).toBe(true);
    expect(relay.connections[0]?.tls).toMatchObject({ serverName: undefined });
  });

  test.each(["PLAIN", "LOGIN"] as const)("with %s, and a password of any script", async (mechanism) => {
    const password = "pä\"ss\\%'世界🎉";
    await using relay = await startSandboxRelay({
      mechanisms: [mechanism],
      users: { "jörg@example.org": password },
    });
    await using provider = await open(relay, { username: "jörg@example.org", password });
    expect((await provider.verify()).authenticated).toBe(true);
    expect(relay.connections[0]?.user).toBe("jörg@example.org");
  });

  test("to a dry run, which ends with RSET and sends nothing", async () => {
    await using relay = await startSandboxRelay();
    await using provider = await open(relay);
    await provider.verify({ mode: "dry_run", recipient: "anna@example.com" });
    expect(commands(relay)).toEqual(
      expect.arrayContaining(["MAIL FROM:<shop@example.org>", "RCPT TO:<anna@example.com>", "RSET"]),
    );
    expect(commands(relay)).not.toContain("DATA");
  });

  test("reachable, never verified, to `none` without a login on an allowed network, with a warning", async () => {
    await using relay = await startSandboxRelay({ tls: "none", authentication: "not_offered" });
    await using provider = await open(relay, { smtp_secure: "none", username: "", password: "" });
    const verification = await provider.verify();
    expect(verification).toMatchObject({ authenticated: false, encrypted: false });
    expect(verification.warnings.join()).toMatch(/unencrypted/);
  });
});

test("a login in clear is for allowed networks only, and carries a warning", async () => {
  await using relay = await startSandboxRelay({ tls: "none" });
  await using provider = await open(relay, { smtp_secure: "none" });
  const verification = await provider.verify();
  expect(verification).toMatchObject({ authenticated: true, encrypted: false });
  expect(verification.warnings.join()).toMatch(/login .* unencrypted/);
  expect((await provider.send(message)).warnings).toEqual(verification.warnings);
});

describe("verify says no", () => {
  const cases: [string, SandboxRelayOptions, string, string][] = [
    ["AUTH is not advertised", { authentication: "not_offered" }, "authentication-unsupported", "auth"],
    [
      "AUTH is advertised before TLS only",
      { faults: [{ at: "ehlo-after-tls", do: { raw: "250 relay\r\n" } }], authenticationInClear: true },
      "authentication-unsupported",
      "auth",
    ],
    ["only XOAUTH2 is offered", { mechanisms: ["XOAUTH2"] }, "authentication-unsupported", "auth"],
    ["the password is wrong", { users: { sandbox: "another-password" } }, "authentication-failed", "auth"],
    ["the relay answers 250 to everything", { acceptsEverything: true }, "protocol-violation", "auth"],
    [
      "STARTTLS is stripped",
      { starttls: "not_offered", authenticationInClear: true },
      "starttls-unsupported",
      "starttls",
    ],
    [
      "STARTTLS is refused",
      { starttls: "refused", authenticationInClear: true },
      "starttls-refused",
      "starttls",
    ],
    ["replies are injected behind STARTTLS", { starttls: "injected" }, "protocol-violation", "starttls"],
    ["the certificate is self-signed", { certificate: "self_signed" }, "certificate-invalid", "tls"],
    ["the certificate has expired", { certificate: "expired" }, "certificate-invalid", "tls"],
    ["the certificate is not valid yet", { certificate: "not_yet_valid" }, "certificate-invalid", "tls"],
    ["the certificate is for another name", { certificate: "wrong_name" }, "certificate-invalid", "tls"],
    [
      "the certificate's issuer is unknown",
      { certificate: "untrusted_issuer" },
      "certificate-invalid",
      "tls",
    ],
    [
      "the relay knows only TLS 1.1",
      { minimumTlsVersion: "TLSv1", maximumTlsVersion: "TLSv1.1" },
      "tls-failed",
      "tls",
    ],
    [
      "the greeting never comes",
      { faults: [{ at: "greeting", do: { stall: true } }] },
      "timed-out",
      "greeting",
    ],
    [
      "the greeting is another protocol's",
      { faults: [{ at: "greeting", do: { raw: "SSH-2.0-x\r\n" } }] },
      "protocol-violation",
      "greeting",
    ],
    [
      "the greeting is 554",
      { faults: [{ at: "greeting", do: { reply: "554 5.7.1 Go away" } }] },
      "relay-refused",
      "greeting",
    ],
    [
      "the login is temporarily impossible",
      { faults: [{ at: "auth", do: { reply: "454 4.7.0 Later" } }] },
      "authentication-unavailable",
      "auth",
    ],
    [
      "the login is confirmed and refused in one breath",
      { faults: [{ at: "auth", do: { extra: "535 5.7.8 No\r\n" } }] },
      "authentication-failed",
      "auth",
    ],
    [
      "the login is answered 250",
      { faults: [{ at: "auth", do: { raw: "250 2.0.0 Ok\r\n" } }] },
      "protocol-violation",
      "auth",
    ],
  ];
  const inBothModes = cases.flatMap((row) => {
    const onlyStarttls = row[1].starttls !== undefined || row[0].includes("before TLS");
    return (onlyStarttls ? (["starttls"] as const) : modes).map((mode) => [mode, ...row] as const);
  });

  test.each(inBothModes)("%s: when %s", async (smtp_secure, _name, options, code, stage) => {
    await using relay = await startSandboxRelay({ ...options, tls: tlsOf[smtp_secure] });
    await using provider = await open(relay, { smtp_secure });
    const timeoutMs = code === "timed-out" ? 200 : 10_000;
    const failure = await failureOf(provider.verify({ timeoutMs }));
    expect(failure).toMatchObject({ code, stage, certainty: "not_sent" });
    expect(failure.remedy).toMatch(/\w/);
    expect(inClear(relay)).not.toMatch(/AUTH /i);
    expect(commands(relay).join("\n")).not.toMatch(/^(?:MAIL|DATA)/m);
    await relay.waitForNoConnections();
  });

  test.each([
    ["502 5.5.1 No", false],
    ["454 4.7.0 Later", true],
  ])("when STARTTLS is answered with %s; retryable: %s", async (reply, retryable) => {
    await using relay = await startSandboxRelay({
      faults: [{ at: "starttls", do: { reply } }],
      authenticationInClear: true,
    });
    await using provider = await open(relay);
    const refused = { code: "starttls-refused", stage: "starttls", certainty: "not_sent", retryable };
    expect(await failureOf(provider.verify())).toMatchObject(refused);
    expect(await failureOf(provider.send(message))).toMatchObject(refused);
    expect(commands(relay).join("\n")).not.toMatch(/AUTH|MAIL/);
  });

  test("in a dry run, when the sender or the recipient is refused", async () => {
    const unknown = "550 5.1.1 No such user";
    await using relay = await startSandboxRelay({
      rejectSenders: { "shop@example.org": "553 5.7.1 Not yours" },
      rejectRecipients: { "nobody@example.com": unknown },
    });
    await using refused = await open(relay);
    expect(await failureOf(refused.verify({ mode: "dry_run" }))).toMatchObject({
      code: "sender-refused",
      stage: "mail-from",
    });
    await using provider = await open(relay, {}, { sender: { from_email: "other@example.org" } });
    const failure = await failureOf(provider.verify({ mode: "dry_run", recipient: "nobody@example.com" }));
    expect(failure).toMatchObject({
      code: "recipients-refused",
      stage: "rcpt-to",
      actor: "recipient",
      reply: { code: 550, text: unknown.slice(4) },
    });
  });

  test("to `none` outside allowed networks, before a connection is made", async () => {
    await using relay = await startSandboxRelay({ tls: "none" });
    const registry = createProviderRegistry({ smtp: customSmtpDefinition });
    const settings = { smtp_host: "127.0.0.1", smtp_port: relay.port, smtp_secure: "none" } as const;
    for (const context of [{}, createRelayNetworkPolicy({ allowNetworks: ["10.0.0.0/8"] })]) {
      await using provider = await registry.open("smtp", {
        config: settings,
        sender: { from_email: "a@example.org" },
        context,
      });
      expect(await failureOf(provider.verify())).toMatchObject({
        code: "relay-not-permitted",
        certainty: "not_sent",
      });
    }
    expect(relay.connections).toHaveLength(0);
  });

  test("to a port where nobody listens", async () => {
    await using provider = await open({ port: await closedPort() });
    expect(await failureOf(provider.verify())).toMatchObject({
      code: "connection-failed",
      stage: "tcp",
      retryable: true,
    });
  });

  test("to TLS at once on a STARTTLS port, and to STARTTLS on a TLS port", async () => {
    await using starttls = await startSandboxRelay({ tls: "starttls" });
    await using first = await open(starttls, { smtp_secure: "ssl" });
    expect(await failureOf(first.verify())).toMatchObject({
      code: "tls-failed",
      stage: "tls",
      certainty: "not_sent",
    });
    await using implicit = await startSandboxRelay({ tls: "implicit" });
    await using second = await open(implicit, { smtp_secure: "starttls" });
    const failure = await failureOf(second.verify({ timeoutMs: 200 }));
    expect(failure).toMatchObject({ code: "timed-out", stage: "greeting", certainty: "not_sent" });
    expect(failure.remedy).toContain("ssl");
  });
});

describe("a message", () => {
  test.each(modes)(
    "over %s arrives as it was composed, and the receipt tells what the relay said",
    async (smtp_secure) => {
      await using relay = await startSandboxRelay({ tls: tlsOf[smtp_secure] });
      await using provider = await open(
        relay,
        { smtp_secure },
        { sender: { from_name: "Läden", reply_to: "help@example.org" } },
      );
      const receipt = await provider.send({
        ...message,
        cc: [{ address: "carl@example.com" }],
        bcc: [{ address: "ben@example.com" }],
      });
      const [captured] = await relay.waitForMessages(1);
      expect(receipt.accepted).toEqual(["anna@example.com", "carl@example.com", "ben@example.com"]);
      expect(receipt.response).toMatch(/^250 /);
      expect(captured?.envelope).toMatchObject({ from: "shop@example.org", to: receipt.accepted });
      expect(captured?.parsed.messageId).toBe(receipt.messageId);
      const raw = Buffer.from(captured?.raw ?? []).toString("latin1");
      expect(raw).toContain("From: =?UTF-8?Q?L=C3=A4den?= <shop@example.org>");
      expect(raw).not.toMatch(/getfluxly|ben@example/i);
      expect(JSON.stringify(captured?.envelope)).not.toMatch(/getfluxly/i);
      await provider.close();
      await relay.waitForNoConnections();
    },
  );

  test("is delivered to those whom the relay accepts", async () => {
    await using relay = await startSandboxRelay({
      rejectRecipients: { "nobody@example.com": "550 5.1.1 No such user" },
    });
    await using provider = await open(relay);
    const to = ["anna@example.com", "nobody@example.com", "bert@example.com"].map((address) => ({ address }));
    const receipt = await provider.send({ ...message, to });
    expect(receipt.accepted).toEqual(["anna@example.com", "bert@example.com"]);
    expect(receipt.rejected).toMatchObject([
      { address: "nobody@example.com", permanent: true, reply: { code: 550 } },
    ]);
    expect((await relay.waitForMessages(1))[0]?.envelope.to).toEqual(receipt.accepted);
  });

  test("that would need SMTPUTF8 is refused clearly where the relay has none, and sent where it has", async () => {
    const to = [{ address: "jörg@example.com" }];
    await using without = await startSandboxRelay({ extensions: { smtputf8: false } });
    await using first = await open(without);
    expect(await failureOf(first.send({ ...message, to }))).toMatchObject({
      code: "smtputf8-unsupported",
      actor: "recipient",
    });
    expect(commands(without).join()).not.toMatch(/MAIL/);
    await using relay = await startSandboxRelay();
    await using second = await open(relay);
    expect((await second.send({ ...message, to })).accepted).toEqual(["jörg@example.com"]);
  });

  test.each([
    ["ENOTFOUND", false],
    ["ESERVFAIL", true],
  ])("and all that wait with it learn of a DNS that says %s; retryable: %s", async (code, retryable) => {
    const resolve = vi.fn(() => Promise.reject(Object.assign(new Error(code), { code })));
    await using provider = await open({ port: 587 }, { smtp_host: "relay.example.com" }, { resolve });
    const failures = await Promise.all(Array.from({ length: 20 }, () => failureOf(provider.send(message))));
    const unknown = { code: "host-not-found", stage: "dns", certainty: "not_sent", retryable };
    expect(failures).toMatchObject(Array(20).fill(unknown));
    // Once for each connection, not for each message.
    expect(resolve.mock.calls.length).toBeLessThanOrEqual(5);
  });

  test("is not begun where the login is refused", async () => {
    await using relay = await startSandboxRelay({ authentication: "optional" });
    await using provider = await open(relay, { password: "another-password" });
    expect(await failureOf(provider.send(message))).toMatchObject({
      code: "authentication-failed",
      stage: "auth",
      certainty: "not_sent",
    });
    expect(commands(relay).join("\n")).not.toMatch(/^(?:MAIL|DATA)/m);
  });

  test("with options for this connector, which has none, is refused before a connection is made", async () => {
    await using relay = await startSandboxRelay();
    await using provider = await open(relay);
    const failure = await failureOf(provider.send({ ...message, providerOptions: { smtp: { x: 1 } } }));
    expect(failure).toMatchObject({
      code: "capability-unsupported",
      certainty: "not_sent",
      issues: [{ path: "providerOptions.smtp" }],
    });
    expect(relay.connections).toHaveLength(0);
  });

  test("is one connection, and one attempt, also when the relay defers", async () => {
    await using relay = await startSandboxRelay({
      faults: [{ at: "end-of-data", do: { reply: "451 4.3.0 Later" } }],
    });
    await using provider = await open(relay);
    expect(await failureOf(provider.send(message))).toMatchObject({
      code: "relay-deferred",
      retryable: true,
    });
    expect(commands(relay).filter((command) => command === "DATA")).toHaveLength(1);
  });
});

describe("a connection that dies while sending, inside TLS", () => {
  // By FIN: a reset would take back answers that are still on their way.
  const drop: Fault["do"] = { drop: "before", with: "end" };
  const cases: [Fault, string, string][] = [
    [{ at: "connect", do: drop }, "greeting", "not_sent"],
    [{ at: "greeting", do: drop }, "greeting", "not_sent"],
    [{ at: "ehlo", do: drop }, "ehlo", "not_sent"],
    [{ at: "starttls", do: drop }, "starttls", "not_sent"],
    [{ at: "tls-handshake", do: drop }, "tls", "not_sent"],
    [{ at: "ehlo-after-tls", do: drop }, "ehlo", "not_sent"],
    [{ at: "auth", do: drop }, "auth", "not_sent"],
    [{ at: "mail-from", do: drop }, "mail-from", "not_sent"],
    [{ at: "rcpt-to", do: drop }, "rcpt-to", "not_sent"],
    [{ at: "data", do: drop }, "data", "not_sent"],
    [{ at: "body", do: drop }, "body", "not_sent"],
    [{ at: "end-of-data", do: drop }, "end-of-data", "unknown"],
    [{ at: "end-of-data", do: { drop: "after" } }, "end-of-data", "unknown"],
  ];
  test.each(cases)("at %j: stage %s, certainty %s", async (fault, stage, certainty) => {
    await using relay = await startSandboxRelay({ faults: [fault] });
    const { log, logged } = createLog();
    await using provider = await open(relay, {}, { log });
    // Large enough that the relay goes before the last of it has left.
    const attachments = [
      { filename: "large.bin", contentType: "application/octet-stream", content: new Uint8Array(8_000_000) },
    ];
    const failure = await failureOf(
      provider.send({ ...message, ...(fault.at === "body" && { attachments }) }),
    );
    expect(failure).toMatchObject({
      stage,
      certainty,
      retryable: certainty === "not_sent" && stage !== "tls",
    });
    const captured = relay.messages.length;
    if (certainty === "not_sent") expect(captured).toBe(0);
    expect(commands(relay).filter((command) => command === "DATA").length).toBeLessThanOrEqual(1);
    expect(JSON.stringify(logged)).not.toMatch(confidential);
    await relay.waitForNoConnections();
  });

  test("or trickles for ever ends at the deadline of the call", async () => {
    await using relay = await startSandboxRelay({
      faults: [
        { at: "mail-from", do: { trickle: { everyMs: 40, bytes: 1 }, extra: "250 more\r\n".repeat(100) } },
      ],
    });
    await using provider = await open(relay);
    const started = performance.now();
    expect(await failureOf(provider.send(message, { timeoutMs: 300 }))).toMatchObject({
      code: "timed-out",
      certainty: "not_sent",
    });
    expect(performance.now() - started).toBeLessThan(2_000);
    await relay.waitForNoConnections();
  });

  test("or never answers after the final dot is unknown and not retryable", async () => {
    await using relay = await startSandboxRelay({ faults: [{ at: "end-of-data", do: { stall: "after" } }] });
    await using provider = await open(relay);
    const failure = await failureOf(provider.send(message, { timeoutMs: 300 }));
    expect(failure).toMatchObject({
      code: "outcome-unknown",
      certainty: "unknown",
      retryable: false,
      stage: "end-of-data",
    });
    expect(relay.messages).toHaveLength(1);
    await relay.waitForNoConnections();
  });

  test.each([
    "greeting",
    "ehlo",
    "starttls",
    "tls-handshake",
    "auth",
    "mail-from",
    "data",
    "end-of-data",
  ] as const)("an abort at %s settles and leaves no socket", async (at) => {
    await using relay = await startSandboxRelay({ faults: [{ at, do: { stall: true } }] });
    await using provider = await open(relay);
    const controller = new AbortController();
    const sending = failureOf(provider.send(message, { signal: controller.signal }));
    await relay.waitForFault(at);
    controller.abort();
    expect(await sending).toMatchObject({
      code: "aborted",
      certainty: at === "end-of-data" ? "unknown" : "not_sent",
    });
    await relay.waitForNoConnections();
  });
});

describe("the log names the relay, and nothing of login, message or reply,", () => {
  const echo = "sandbox sandbox-password anna@example.com Hello";

  test("when a relay turns out not to keep its answers in order", async () => {
    await using relay = await startSandboxRelay({
      faults: [{ at: "data", do: { extra: `250 2.0.0 ${echo}\r\n` } }],
    });
    const { log, logged } = createLog();
    await using provider = await open(relay, {}, { log });
    await failureOf(provider.send(message));
    expect(logged).toEqual([["warn", "smtp-pipelining-reduced", { host: "localhost", level: "sequential" }]]);
  });

  test("when a relay wants fewer connections", async () => {
    await using relay = await startSandboxRelay({
      faults: [{ at: "greeting", do: { reply: `421 4.7.0 ${echo}` }, skip: 1 }],
    });
    const { log, logged } = createLog();
    await using provider = await open(relay, {}, { log });
    await Promise.all([provider.send(message), provider.send(message)]);
    await expect
      .poll(() => logged)
      .toEqual([["warn", "smtp-connections-reduced", { host: "localhost", connections: 1 }]]);
  });
});

describe("a provider", () => {
  test("opens nothing until it is used, and nothing is left when it is closed unused", async () => {
    await using relay = await startSandboxRelay();
    const provider = await open(relay);
    await provider.close();
    expect(relay.connections).toHaveLength(0);
  });

  test("uses its own login, whatever another one does at the same time", async () => {
    await using relay = await startSandboxRelay({ users: { one: "first-password", two: "second-password" } });
    await using one = await open(relay, { username: "one", password: "first-password" });
    await using two = await open(relay, { username: "two", password: "second-password" });
    const subjects = ["a", "b", "c", "d"];
    await Promise.all(
      subjects.flatMap((subject) => [
        one.send({ ...message, subject: `one ${subject}` }),
        two.send({ ...message, subject: `two ${subject}` }),
      ]),
    );
    const captured = await relay.waitForMessages(8);
    for (const { user, parsed } of captured) expect(parsed.subject?.startsWith(`${user} `)).toBe(true);
  });

  test("sends one deep-frozen message twice, as two messages", async () => {
    await using relay = await startSandboxRelay();
    await using provider = await open(relay);
    const frozen = Object.freeze({
      ...message,
      to: Object.freeze([Object.freeze({ address: "anna@example.com" })]),
    });
    const options = Object.freeze({ timeoutMs: 5_000 });
    const [first, second] = [await provider.send(frozen, options), await provider.send(frozen, options)];
    expect(first.messageId).not.toBe(second.messageId);
    expect(relay.connections).toHaveLength(1);
  });

  test.each(["greeting", "ehlo", "starttls", "tls-handshake", "auth"] as const)(
    "ends a verification that is aborted at %s within 50 ms",
    async (at) => {
      await using relay = await startSandboxRelay({ faults: [{ at, do: { stall: true } }] });
      await using provider = await open(relay);
      const controller = new AbortController();
      const verifying = failureOf(provider.verify({ signal: controller.signal }));
      await relay.waitForFault(at);
      const started = performance.now();
      controller.abort();
      expect(await verifying).toMatchObject({ code: "aborted", certainty: "not_sent" });
      expect(performance.now() - started).toBeLessThan(50);
      await relay.waitForNoConnections();
    },
  );

  test("tells of each recipient whether the refusal is for good, where none is accepted", async () => {
    await using relay = await startSandboxRelay({
      rejectRecipients: { "a@example.com": "450 4.2.1 Busy", "b@example.com": "550 5.1.1 No such user" },
    });
    await using provider = await open(relay);
    const to = [{ address: "a@example.com" }, { address: "b@example.com" }];
    expect(await failureOf(provider.send({ ...message, to }))).toMatchObject({
      code: "recipients-refused",
      retryable: false,
      rejected: [
        { address: "a@example.com", permanent: false },
        { address: "b@example.com", permanent: true },
      ],
    });
  });
});

describe("addresses that carry more than an address", () => {
  const hostile = [
    "a@example.com>\r\nRCPT TO:<evil@example.net",
    "a@example.com\r\n",
    "a@example.com,b@example.com",
    "a b@example.com",
    "a@exam\rple.com",
    "a@example.com\0.evil.com",
    "a@example.com\u0085",
    "\u2028a@example.com",
    "group: a@example.com, b@example.com;",
    "a(comment)@example.com",
    "a@(comment)example.com",
    '"a@evil.net"@example.com',
    "<a@example.com>",
    "Anna <a@example.com>",
    "@relay.example.net:a@example.com",
    "a@[127.0.0.1]",
    "=?utf-8?q?a=40evil.net=3e?=@example.com",
    " a@example.com",
    "a@example.com ",
    "a@example..com",
    "\ud800@example.com",
    "",
  ];
  test("never reach the wire, in any place", async () => {
    await using relay = await startSandboxRelay();
    await using provider = await open(relay);
    for (const address of hostile) {
      const mailbox = [{ address }];
      for (const change of [
        { to: mailbox },
        { cc: mailbox },
        { bcc: mailbox },
        { replyTo: mailbox },
        { returnPath: address },
      ]) {
        const failure = await failureOf(provider.send({ ...message, ...change }));
        expect(failure, JSON.stringify(change)).toMatchObject({
          code: "message-invalid",
          certainty: "not_sent",
          actor: "message",
        });
        expect(failure.issues?.length).toBeGreaterThan(0);
      }
      await expect(open(relay, {}, { sender: { from_email: address } })).rejects.toMatchObject({
        code: "sender-invalid",
      });
      await expect(open(relay, {}, { sender: { reply_to: address } })).rejects.toMatchObject({
        code: "sender-invalid",
      });
    }
    expect(relay.connections).toHaveLength(0);
  });
});

describe("the password", () => {
  const password = 'Canary-7f3a"\\%ü-password';
  const forms = (text: string) => {
    const bytes = Buffer.from(text, "utf8");
    const plain = Buffer.from(`\0sandbox\0${text}`, "utf8");
    return [
      text,
      bytes.toString("base64"),
      plain.toString("base64"),
      bytes.toString("hex"),
      encodeURIComponent(text),
      bytes.toString("base64url"),
    ];
  };
  const views = (error: EmailError) => [
    error.message,
    error.stack ?? "",
    JSON.stringify(error),
    inspect(error, { depth: 9, showHidden: true }),
  ];

  test("is in no view of an error, not even when the relay echoes the login", async () => {
    const echo = `535 5.7.8 ${forms(password).join(" | ")} rejected`;
    for (const fault of [{ reply: echo }, { raw: `${echo}\r\n` }, { raw: `banana ${echo}\r\n` }]) {
      await using relay = await startSandboxRelay({
        faults: [{ at: "auth", do: fault }],
        users: { sandbox: password },
      });
      await using provider = await open(relay, { password });
      const failure = await failureOf(provider.verify());
      for (const view of [
        ...views(failure),
        inspect(provider, { depth: 9, showHidden: true }),
        JSON.stringify(provider),
      ]) {
        for (const form of forms(password)) expect(view).not.toContain(form);
      }
    }
  });

  test("is not in the receipt of a relay that echoes it", async () => {
    const raw = `250 2.0.0 Ok ${forms(password).join(" ")}\r\n`;
    await using relay = await startSandboxRelay({
      faults: [{ at: "end-of-data", do: { raw } }],
      users: { sandbox: password },
    });
    await using provider = await open(relay, { password });
    const receipt = JSON.stringify(await provider.send(message));
    for (const form of forms(password)) expect(receipt).not.toContain(form);
  });
});
