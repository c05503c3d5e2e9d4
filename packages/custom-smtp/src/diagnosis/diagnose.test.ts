import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import {
  closedPort,
  type Fault,
  type SandboxRelayOptions,
  startSandboxRelay,
} from "@getfluxly/email-conformance/sandbox-relay";
import type {
  DiagnoseOptions,
  DiagnosisEvent,
  DiagnosisReport,
  ProviderContext,
} from "@getfluxly/email-core";
import { afterEach, describe, expect, test } from "vitest";
import { createRelayNetworkPolicy } from "../network/relay-network-policy.js";
import type { SmtpConfigInput } from "../smtp-config.js";
import { type DiagnoseSmtpOptions, diagnose } from "./diagnose.js";

const loopback = createRelayNetworkPolicy({ allowNetworks: ["127.0.0.0/8", "::1"] });
const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(cleanUps.splice(0).map((cleanUp) => cleanUp()));
});

type Settings = Partial<SmtpConfigInput> & { readonly from_email?: string };

interface Target {
  readonly port: number;
  readonly certificateAuthority?: string | undefined;
}

function toContext(
  target: Target,
  from_email: string,
  context: Partial<ProviderContext> = {},
): ProviderContext {
  return {
    ...loopback,
    sender: { from_email },
    now: () => new Date(),
    log: () => undefined,
    fetch,
    clientName: "client.example.org",
    certificateAuthorities: target.certificateAuthority === undefined ? [] : [target.certificateAuthority],
    ...context,
  };
}

async function run(
  target: Target,
  { from_email = "shop@example.org", ...config }: Settings = {},
  options: DiagnoseSmtpOptions = {},
  context: Partial<ProviderContext> = {},
) {
  const settings = {
    ...{ smtp_host: "localhost", smtp_port: target.port, smtp_secure: "starttls" },
    ...{ username: "sandbox", password: "sandbox-password" },
    ...config,
  };
  const events: DiagnosisEvent[] = [];
  for await (const event of diagnose(settings, toContext(target, from_email, context), options))
    events.push(event);
  const report = events.at(-1);
  if (report?.type !== "report") throw new Error("the last event is no report");
  expect(events.slice(0, -1)).toEqual(report.stages);
  return report;
}

async function relay(options: SandboxRelayOptions = {}) {
  const started = await startSandboxRelay(options);
  cleanUps.push(() => started.close());
  return started;
}

/** Any server; what it does with a connection is up to the test. */
async function server(onConnection: (socket: Socket) => void): Promise<Target> {
  const sockets = new Set<Socket>();
  const listening: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  cleanUps.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => listening.close(resolve));
  });
  const address = listening.address();
  if (typeof address !== "object" || !address) throw new Error("no address");
  return { port: address.port };
}

const outcome = ({ stages }: DiagnosisReport) => stages.map(({ stage, status }) => `${stage} ${status}`);
const passed = (report: DiagnosisReport) =>
  report.stages.filter(({ status }) => status === "pass").map(({ stage }) => stage);

describe("a set-up that works passes, stage by stage", () => {
  test.each([
    [
      "starttls",
      "starttls",
      ["config", "dns", "tcp", "greeting", "ehlo", "starttls", "tls", "auth", "mail-from", "rcpt-to"],
    ],
    ["ssl", "implicit", ["config", "dns", "tcp", "tls", "greeting", "ehlo", "auth", "mail-from", "rcpt-to"]],
  ] as const)("in %s", async (smtp_secure, tls, stages) => {
    const target = await relay({ tls });
    const report = await run(target, { smtp_secure });
    expect(report.diagnosis).toBeUndefined();
    expect(report).toMatchObject({ verdict: "pass", mode: "dry_run", probes: [] });
    expect(outcome(report)).toEqual([...stages.map((stage) => `${stage} pass`), "data skipped"]);
    expect(target.messages).toHaveLength(0);
  });

  test("in less than a blink", async () => {
    const target = await relay();
    const times: number[] = [];
    for (let round = 0; round < 9; round++) times.push((await run(target)).ms);
    console.log(`a passing diagnosis takes ${times.sort((one, other) => one - other)[4]} ms (median of 9)`);
  });

  test("with what was found as evidence, and a dialog without the password", async () => {
    const target = await relay();
    const report = await run(target);
    const evidence = (stage: string) => report.stages.find((it) => it.stage === stage)?.evidence;
    expect(evidence("tcp")?.addresses).toEqual(["127.0.0.1"]);
    expect(evidence("ehlo")?.ehlo?.keywords).toContain("STARTTLS");
    expect(evidence("tls")?.tls).toMatchObject({
      protocol: "TLSv1.3",
      certificate: { names: expect.arrayContaining(["localhost"]) },
    });
    expect(evidence("auth")?.reply).toMatchObject({ code: 235 });
    const text = JSON.stringify(report);
    expect(text).not.toContain("sandbox-password");
    expect(text).not.toContain(Buffer.from("\0sandbox\0sandbox-password").toString("base64"));
    const dialog = report.transcript.map((it) => `${it.from} ${it.encrypted} ${it.text}`);
    expect(dialog).toContain("us false STARTTLS");
    expect(dialog).toContain("us true AUTH PLAIN [redacted]");
    expect(dialog).toContain("us true MAIL FROM:<shop@example.org>");
  });

  test("up to the login with mode connect, and up to a stage with until", async () => {
    const target = await relay();
    expect(passed(await run(target, {}, { mode: "connect" })).at(-1)).toBe("auth");
    expect(passed(await run(target, {}, { until: "greeting" })).at(-1)).toBe("greeting");
    expect(target.connections.every(({ commands }) => !commands.some((it) => /^MAIL/i.test(it)))).toBe(true);
  });

  test("with mode send, a real message goes to the recipient", async () => {
    const target = await relay();
    const report = await run(target, {}, { mode: "send", recipient: "anna@example.com" });
    expect(report.verdict).toBe("pass");
    expect(passed(report).at(-1)).toBe("data");
    const [message] = await target.waitForMessages(1);
    expect(message?.envelope.to).toEqual(["anna@example.com"]);
    expect(report.testMessage).toMatchObject({
      to: "anna@example.com",
      reply: expect.stringMatching(/^250/),
    });
  });

  test("without a login, on an allowed network, with a warning", async () => {
    const target = await relay({ tls: "none", authentication: "not_offered" });
    const report = await run(target, { smtp_secure: "none", username: "", password: "" });
    expect(report.verdict).toBe("pass");
    expect(report.warnings).toMatchObject([{ ruleId: "config.plaintext" }]);
    expect(outcome(report)).toContain("auth skipped");
  });
});

interface Expected {
  readonly rule: string;
  readonly stage?: string;
  readonly verdict?: DiagnosisReport["verdict"];
  readonly confidence?: string;
  readonly patch?: Readonly<Record<string, string | number>>;
}

async function expectDiagnosis(report: DiagnosisReport, expected: Expected) {
  const { rule, stage, verdict = "fail", confidence, patch } = expected;
  expect({ rule: report.diagnosis?.ruleId, verdict: report.verdict, stage: report.failedStage }).toEqual({
    rule,
    verdict,
    stage: stage ?? report.failedStage,
  });
  if (confidence) expect(report.diagnosis?.confidence).toBe(confidence);
  if (patch) expect(report.diagnosis?.suggestedPatch).toEqual({ set: patch, because: rule, verified: true });
  // Whatever is advised, it is never less security.
  expect(JSON.stringify(report.diagnosis?.suggestedPatch ?? {})).not.toContain('"none"');
  expect(report.diagnosis?.steps.length).toBeGreaterThan(0);
  expect(JSON.stringify(report)).not.toMatch(/\{\w+\} |sandbox-password/);
}

describe("settings that cannot work are named before any connection is made", () => {
  const cases: readonly [string, Settings, string, string?][] = [
    ["a URL as host", { smtp_host: "smtps://smtp.example.com" }, "config.host_has_scheme_or_port"],
    ["a port in the host", { smtp_host: "smtp.example.com:465" }, "config.host_has_scheme_or_port"],
    ["a blank behind the host", { smtp_host: "localhost " }, "config.host_has_scheme_or_port"],
    [
      "a whole URL with credentials",
      { smtp_host: "smtps://user:p@ss@smtp.example.com" },
      "config.url_special_chars",
    ],
    ["a user name without a password", { password: "" }, "config.credentials_missing"],
    ["a password without a user name", { username: "" }, "config.credentials_missing"],
    ["465 with starttls", { smtp_port: 465 }, "config.port_tls_mismatch"],
    ["587 with ssl", { smtp_port: 587, smtp_secure: "ssl" }, "config.port_tls_mismatch"],
    ["a sender that is no address", { from_email: "apikey" }, "config.from_not_address"],
    ["an unknown field", { smtp_hots: "x" } as Settings, "config.invalid"],
  ];
  test.each(cases)("%s", async (_what, settings, rule) => {
    const report = await run(
      { port: 9 },
      settings,
      {},
      {
        permitsAddress: () => {
          throw new Error("was asked");
        },
      },
    );
    await expectDiagnosis(report, { rule, stage: "config", confidence: "confirmed" });
    expect(outcome(report)[0]).toBe("config fail");
    expect(
      outcome(report)
        .slice(1)
        .every((it) => it.endsWith("skipped")),
    ).toBe(true);
  });

  test("a host is cleaned in the suggestion", async () => {
    const { diagnosis } = await run({ port: 9 }, { smtp_host: "smtps://smtp.example.com:465/" });
    expect(diagnosis?.suggestedPatch?.set).toEqual({ smtp_host: "smtp.example.com", smtp_port: 465 });
  });
});

describe("the way to the relay", () => {
  const failing = (code: string) => async () => {
    throw Object.assign(new Error(`query ${code}`), { code });
  };

  test("a name that does not exist", async () => {
    const report = await run(
      { port: 587 },
      { smtp_host: "smtp.example.invalid" },
      { resolve: failing("ENOTFOUND") },
    );
    await expectDiagnosis(report, { rule: "dns.not_found", stage: "dns", confidence: "confirmed" });
  });
  test.each(["ESERVFAIL", "EAI_AGAIN", "ETIMEOUT"])("a DNS that does not answer: %s", async (code) => {
    const report = await run({ port: 587 }, { smtp_host: "smtp.example.com" }, { resolve: failing(code) });
    await expectDiagnosis(report, { rule: "dns.temporary", stage: "dns", verdict: "inconclusive" });
  });
  test("nothing listens on this machine", async () => {
    const report = await run({ port: await closedPort() });
    await expectDiagnosis(report, { rule: "tcp.refused_loopback", stage: "tcp" });
  });
  test("nothing listens, but a sibling port answers", async () => {
    const target = await relay();
    const report = await run(
      { port: await closedPort(), certificateAuthority: target.certificateAuthority },
      { smtp_host: "relay.example.test" },
      { resolve: async () => ["127.0.0.2"] },
    );
    await expectDiagnosis(report, { rule: "tcp.refused_loopback", stage: "tcp" });
    expect(report.probes.map(({ id }) => id)).toContain("settings");
  });
  test("a port that drops packets", async () => {
    // A server that never accepts: once its queue is full, the kernel drops what asks to connect.
    const program = `
      const server = require("node:net").createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
        console.log(server.address().port);
        setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000), 20);
      });`;
    const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
    cleanUps.push(async () => child.kill("SIGKILL"));
    const [port] = await once(child.stdout, "data");
    const target = { port: Number(port) };
    await new Promise((resolve) => setTimeout(resolve, 100));
    const fill = Array.from({ length: 8 }, () =>
      connect(target.port, "127.0.0.1").on("error", () => undefined),
    );
    cleanUps.push(async () => {
      for (const socket of fill) socket.destroy();
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const report = await run(target, { smtp_host: "127.0.0.1" }, {}, {});
    await expectDiagnosis(report, { rule: "tcp.timeout", stage: "tcp" });
    expect(report.ms).toBeLessThan(12_000);
  });
  test("a refused network gets one answer, whatever is behind it", async () => {
    const silent = await server(() => undefined);
    const talking = await relay();
    const none = { port: await closedPort() };
    const answers = await Promise.all(
      [silent, talking, none].map((target) =>
        run({ port: target.port }, {}, {}, { permitsAddress: () => false }),
      ),
    );
    const texts = answers.map((answer) => JSON.stringify({ ...answer, startedAt: "" }));
    expect(new Set(texts).size).toBe(1);
    expect(answers[0]).toMatchObject({ verdict: "blocked_by_policy", ms: 0, probes: [], transcript: [] });
    expect(talking.connections).toHaveLength(0);
  });
});

describe("what answers is not what was expected", () => {
  const says = (text: string) => server((socket) => socket.write(text));

  test.each([
    ["an IMAP server", "* OK IMAP4rev1 ready\r\n"],
    ["a POP3 server", "+OK POP3 ready\r\n"],
    ["an SSH server", "SSH-2.0-OpenSSH_9.6\r\n"],
  ])("%s", async (_name, greeting) => {
    const report = await run(await says(greeting));
    await expectDiagnosis(report, { rule: "greeting.not_smtp", stage: "greeting", confidence: "confirmed" });
    expect(JSON.stringify(report)).not.toContain("OpenSSH");
  });
  test("a web server", async () => {
    const target = await server((socket) => {
      socket.on("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    });
    const report = await run(target, {}, { timeoutMs: 13_000 });
    await expectDiagnosis(report, { rule: "greeting.not_smtp", stage: "greeting", confidence: "confirmed" });
  });
  test("an SMTPS port in starttls mode: silence, and TLS behind it", async () => {
    const target = await relay({ tls: "implicit" });
    const report = await run(target);
    await expectDiagnosis(report, {
      ...{ rule: "greeting.never_tls_port", stage: "greeting", confidence: "confirmed" },
      patch: { smtp_port: target.port, smtp_secure: "ssl" },
    });
  });
  test("a port that says nothing at all", async () => {
    const report = await run(await server(() => undefined), {}, { timeoutMs: 20_000 });
    await expectDiagnosis(report, { rule: "greeting.silent", stage: "greeting", confidence: "confirmed" });
    expect(report.diagnosis?.alternatives.map(({ ruleId }) => ruleId)).toContain("greeting.never_tls_port");
  });
  test("a STARTTLS port in ssl mode", async () => {
    const target = await relay();
    const report = await run(target, { smtp_secure: "ssl" });
    await expectDiagnosis(report, {
      ...{ rule: "tls.wrong_version_number", stage: "tls", confidence: "confirmed" },
      patch: { smtp_port: target.port, smtp_secure: "starttls" },
    });
  });
  test("an IMAP server in ssl mode", async () => {
    const report = await run(await says("* OK IMAP4rev1 ready\r\n"), { smtp_secure: "ssl" });
    await expectDiagnosis(report, { rule: "tls.other_service", stage: "tls", confidence: "confirmed" });
  });
  test("a relay that hangs up", async () => {
    const report = await run(await server((socket) => socket.end()));
    await expectDiagnosis(report, { rule: "greeting.closed", stage: "greeting", verdict: "inconclusive" });
  });
  test("a relay that resets", async () => {
    const report = await run(await server((socket) => socket.resetAndDestroy()));
    expect(["tcp.reset", "greeting.closed"]).toContain(report.diagnosis?.ruleId);
    expect(report.verdict).toBe("inconclusive");
  });
});

describe("certificates", () => {
  test.each([
    ["self_signed", "tls.self_signed_leaf"],
    ["expired", "tls.expired"],
    ["not_yet_valid", "tls.expired"],
    ["untrusted_issuer", "tls.incomplete_or_private_chain"],
  ] as const)("%s", async (certificate, rule) => {
    for (const [tls, smtp_secure] of [
      ["starttls", "starttls"],
      ["implicit", "ssl"],
    ] as const) {
      const report = await run(await relay({ certificate, tls }), { smtp_secure });
      expect(["tls.self_signed_chain", rule]).toContain(report.diagnosis?.ruleId);
      expect(report).toMatchObject({ verdict: "fail", failedStage: "tls" });
      expect(JSON.stringify(report.diagnosis)).not.toMatch(/rejectUnauthorized|NODE_TLS/);
    }
  });
  test("for another name that leads to the same address: that name is suggested", async () => {
    const target = await relay({ certificate: "wrong_name" });
    const report = await run(
      target,
      { smtp_host: "mail.example.test" },
      { resolve: async () => ["127.0.0.1"] },
    );
    await expectDiagnosis(report, {
      ...{ rule: "tls.name_mismatch", stage: "tls", confidence: "confirmed" },
      patch: { smtp_host: "wrong-name.test" },
    });
  });
  test("for another name that leads elsewhere: no suggestion", async () => {
    const target = await relay({ certificate: "wrong_name" });
    const resolve = async (host: string) => [host === "mail.example.test" ? "127.0.0.1" : "127.0.0.9"];
    const report = await run(target, { smtp_host: "mail.example.test" }, { resolve });
    await expectDiagnosis(report, { rule: "tls.name_mismatch", stage: "tls" });
    expect(report.diagnosis?.suggestedPatch).toBeUndefined();
  });
  test("for a name, and the host is an address", async () => {
    const target = await relay({ certificate: "wrong_name" });
    const report = await run(target, { smtp_host: "127.0.0.1" }, { resolve: async () => ["127.0.0.1"] });
    await expectDiagnosis(report, { rule: "tls.name_is_ip", stage: "tls" });
  });
  test("TLS 1.1 and older", async () => {
    const target = await relay({ tls: "implicit", minimumTlsVersion: "TLSv1", maximumTlsVersion: "TLSv1.1" });
    const report = await run(target, { smtp_secure: "ssl" });
    await expectDiagnosis(report, { rule: "tls.protocol_too_old", stage: "tls" });
  });
  test("a relay that hangs up during the handshake", async () => {
    const target = await relay({
      tls: "implicit",
      faults: [{ at: "tls-handshake", do: { drop: "before" } }],
    });
    const report = await run(target, { smtp_secure: "ssl" });
    await expectDiagnosis(report, { rule: "tls.closed_in_handshake", stage: "tls", verdict: "inconclusive" });
  });
});

const saying = (at: Fault["at"], reply: string): Fault[] => [{ at, do: { reply: `${reply}\r\n` } }];

describe("what the relay says, by stage", () => {
  const cases: readonly [string, SandboxRelayOptions, Settings, Expected][] = [
    [
      "421 at the greeting",
      { faults: saying("greeting", "421 4.3.0 Try again later") },
      {},
      { rule: "greeting.deferred", stage: "greeting", verdict: "inconclusive" },
    ],
    [
      "too many connections",
      { faults: saying("greeting", "421 4.7.0 Too many connections from your address") },
      {},
      { rule: "greeting.too_many", verdict: "inconclusive" },
    ],
    [
      "a blocked address",
      {
        faults: saying(
          "greeting",
          "554 5.7.1 Service unavailable; client host blocked using zen.spamhaus.org",
        ),
      },
      {},
      { rule: "greeting.ip_blocked", stage: "greeting" },
    ],
    [
      "an EHLO name that is refused",
      { faults: saying("ehlo", "504 5.5.2 <x>: Helo command rejected: need fully-qualified hostname") },
      {},
      { rule: "ehlo.name_rejected", stage: "ehlo" },
    ],
    [
      "... as Postfix says it, at RCPT TO",
      { faults: saying("rcpt-to", "504 5.5.2 <x>: Helo command rejected: need fully-qualified hostname") },
      {},
      { rule: "ehlo.name_rejected", stage: "rcpt-to" },
    ],
    [
      "STARTTLS that is not offered",
      { starttls: "not_offered" },
      {},
      { rule: "starttls.not_offered", stage: "starttls" },
    ],
    [
      "STARTTLS that is refused for now",
      { starttls: "refused" },
      {},
      { rule: "starttls.temporary", verdict: "inconclusive" },
    ],
    [
      "STARTTLS masked by a firewall",
      { faults: [{ at: "ehlo", do: { raw: "250-mx.test\r\n250-XXXXXXXA\r\n250 PIPELINING\r\n" } }] },
      {},
      { rule: "starttls.stripped_by_firewall", stage: "starttls", confidence: "confirmed" },
    ],
    [
      "TLS that is wanted",
      {
        tls: "none",
        faults: saying("auth", "538 5.7.11 Encryption required for requested authentication mechanism"),
      },
      { smtp_secure: "none" },
      { rule: "starttls.required" },
    ],
    [
      "TLS that is wanted before MAIL",
      {
        tls: "none",
        authentication: "not_offered",
        faults: saying("mail-from", "530 5.7.0 Must issue a STARTTLS command first"),
      },
      { smtp_secure: "none", username: "", password: "" },
      { rule: "starttls.required", stage: "mail-from" },
    ],
    ["a wrong password", {}, { password: "wrong-password" }, { rule: "auth.invalid", stage: "auth" }],
    [
      "a login that is not offered",
      { authentication: "not_offered" },
      {},
      { rule: "auth.not_advertised", stage: "auth", confidence: "confirmed" },
    ],
    [
      "only other kinds of login",
      { mechanisms: ["XOAUTH2"] },
      {},
      { rule: "auth.mechanism_unsupported", stage: "auth" },
    ],
    [
      "a login back-end that is down",
      { faults: saying("auth", "454 4.7.0 Temporary authentication failure") },
      {},
      { rule: "auth.temporary", verdict: "inconclusive" },
    ],
    [
      "too many logins",
      { faults: saying("auth", "454 4.7.0 Too many login attempts, please try again later") },
      {},
      { rule: "auth.too_many_logins", verdict: "inconclusive" },
    ],
    [
      "Google's app password",
      { faults: saying("auth", "534 5.7.9 Application-specific password required. gsmtp") },
      {},
      { rule: "auth.gmail_app_password" },
    ],
    [
      "Google's web login",
      { faults: saying("auth", "534 5.7.14 Please log in via your web browser and then try again") },
      {},
      { rule: "auth.gmail_web_login" },
    ],
    [
      "Microsoft without passwords",
      {
        faults: saying("auth", "535 5.7.139 Authentication unsuccessful, basic authentication is disabled."),
      },
      {},
      { rule: "auth.o365_basic_disabled" },
    ],
    [
      "Microsoft, switched off",
      {
        faults: saying(
          "auth",
          "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
        ),
      },
      {},
      { rule: "auth.o365_tenant_disabled" },
    ],
    [
      "SendGrid's fixed name",
      {
        faults: saying(
          "auth",
          "535 Authentication failed: The provided authorization grant is invalid, expired, or revoked",
        ),
      },
      {},
      { rule: "auth.relay_fixed_username" },
    ],
    [
      "Resend's fixed name",
      { faults: saying("auth", "535 Invalid username") },
      {},
      { rule: "auth.relay_fixed_username" },
    ],
    [
      "SES: a secret key as password",
      { faults: saying("auth", "535 Authentication Credentials Invalid") },
      { username: "AKIAIOSFODNN7EXAMPLE" },
      { rule: "auth.ses_iam_not_smtp" },
    ],
    [
      "535 that is a limit of connections",
      { faults: saying("auth", "535 5.7.8 Too many connections per account") },
      {},
      { rule: "greeting.too_many", verdict: "inconclusive" },
    ],
    [
      "535 that is a quota",
      { faults: saying("auth", "535 5.7.0 Monthly messages limit reached") },
      {},
      { rule: "quota.login_refused", verdict: "inconclusive" },
    ],
    [
      "an address that is not authorised",
      { faults: saying("auth", "525 5.7.1 Unauthorized IP address") },
      {},
      { rule: "greeting.ip_blocked", stage: "auth" },
    ],
    [
      "AUTH of an unknown kind",
      { faults: saying("auth", "504 5.7.4 Unrecognized authentication type") },
      {},
      { rule: "auth.mechanism_unsupported" },
    ],
    [
      "a login that is wanted",
      {
        authentication: "optional",
        faults: saying("mail-from", "530 5.7.57 Client not authenticated to send mail"),
      },
      {},
      { rule: "auth.required" },
    ],
    [
      "a sender that is not owned",
      {
        rejectSenders: {
          "shop@example.org":
            "553 5.7.1 <shop@example.org>: Sender address rejected: not owned by user sandbox",
        },
      },
      {},
      { rule: "mailfrom.not_owned", stage: "mail-from" },
    ],
    [
      "a sender that is not verified",
      {
        rejectSenders: {
          "shop@example.org": "550 The from address does not match a verified Sender Identity",
        },
      },
      {},
      { rule: "mailfrom.identity_unverified", stage: "mail-from" },
    ],
    [
      "a sender with wrong syntax",
      { rejectSenders: { "shop@example.org": "501 5.1.7 Bad sender address syntax" } },
      {},
      { rule: "config.from_not_address" },
    ],
    [
      "a sender that is put off",
      { rejectSenders: { "shop@example.org": "451 4.3.0 Try again" } },
      {},
      { rule: "mailfrom.deferred", verdict: "inconclusive" },
    ],
    [
      "relaying that is denied",
      { rejectRecipients: { "shop@example.org": "554 5.7.1 <shop@example.org>: Relay access denied" } },
      {},
      { rule: "rcpt.relay_denied", stage: "rcpt-to" },
    ],
    [
      "... with a temporary code",
      { rejectRecipients: { "shop@example.org": "454 4.7.1 <shop@example.org>: Relay access denied" } },
      {},
      { rule: "rcpt.relay_denied", stage: "rcpt-to" },
    ],
    [
      "a sender that is not owned, as Postfix says it, at RCPT TO",
      {
        rejectRecipients: {
          "shop@example.org":
            "553 5.7.1 <shop@example.org>: Sender address rejected: not owned by user sandbox",
        },
      },
      {},
      { rule: "mailfrom.not_owned", stage: "rcpt-to" },
    ],
    [
      "a blocked address, as Postfix says it, at RCPT TO",
      {
        rejectRecipients: {
          "shop@example.org":
            "554 5.7.1 Service unavailable; Client host [192.0.2.4] blocked using zen.example.org",
        },
      },
      {},
      { rule: "greeting.ip_blocked", stage: "rcpt-to" },
    ],
    [
      "an address without a name",
      {
        rejectRecipients: {
          "shop@example.org": "450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.4]",
        },
      },
      {},
      { rule: "greeting.no_reverse_dns", stage: "rcpt-to" },
    ],
    [
      "a sender whose domain does not exist",
      {
        rejectRecipients: {
          "shop@example.org": "450 4.1.8 <shop@example.org>: Sender address rejected: Domain not found",
        },
      },
      {},
      { rule: "mailfrom.domain_unknown", stage: "rcpt-to" },
    ],
    [
      "SPF that does not allow it",
      { rejectRecipients: { "shop@example.org": "550 5.7.23 SPF validation failed" } },
      {},
      { rule: "data.spf_reject", stage: "rcpt-to" },
    ],
    [
      "an account that was stopped",
      { rejectSenders: { "shop@example.org": "550 5.1.8 Access denied, bad outbound sender" } },
      {},
      { rule: "mailfrom.account_blocked", stage: "mail-from" },
    ],
    [
      "a relay that wants nobody",
      { faults: saying("greeting", "554 No SMTP service here") },
      {},
      { rule: "greeting.refused", stage: "greeting", confidence: "possible" },
    ],
    [
      "a sandbox",
      { rejectRecipients: { "shop@example.org": "550 Sandbox subdomains are for test purposes only" } },
      {},
      { rule: "rcpt.sandbox" },
    ],
    [
      "a recipient that is refused",
      { rejectRecipients: { "shop@example.org": "550 5.0.0 No" } },
      {},
      { rule: "rcpt.refused", stage: "rcpt-to", confidence: "possible" },
    ],
    [
      "a rate",
      { rejectSenders: { "shop@example.org": "454 Throttling failure: Maximum sending rate exceeded" } },
      {},
      { rule: "quota.rate", verdict: "pass" },
    ],
  ];
  test.each(cases)("%s", async (_what, options, settings, expected) => {
    const target = await relay(options);
    const report = await run(target, settings);
    if (expected.verdict === "pass") {
      expect(report.verdict).toBe("pass");
      expect(report.warnings.map(({ ruleId }) => ruleId)).toContain(expected.rule);
    } else await expectDiagnosis(report, expected);
  });

  test.each([
    ["greylisting", "450 4.2.0 Greylisted, try again later", "rcpt.greylisted"],
    ["an unknown test recipient", "550 5.1.1 No such user", "rcpt.unknown_user"],
    ["a test recipient whose mailbox is full", "552 5.2.2 Mailbox full", "rcpt.mailbox_closed"],
    ["a test recipient that is put off", "451 4.3.0 Mailbox busy", "rcpt.deferred"],
  ])("%s passes with a warning: the settings are right", async (_what, reply, rule) => {
    const report = await run(await relay({ rejectRecipients: { "shop@example.org": reply } }));
    expect(report).toMatchObject({ verdict: "pass", warnings: [{ ruleId: rule }] });
    expect(outcome(report)).toContain("rcpt-to warn");
  });

  const sends: readonly [string, string, string, DiagnosisReport["verdict"]][] = [
    [
      "Exchange's Send As",
      "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
      "mailfrom.send_as_denied",
      "fail",
    ],
    [
      "DMARC",
      "550 5.7.26 Unauthenticated email from example.org is not accepted due to domain's DMARC policy",
      "data.dmarc_reject",
      "fail",
    ],
    [
      "Outlook's rule for much mail",
      "550 5.7.515 Access denied, sending domain doesn't meet the required authentication level",
      "data.ms_auth_level",
      "fail",
    ],
    [
      "a spam filter",
      "554 5.7.1 Message rejected as spam by Content Filtering",
      "data.spam_rejected",
      "fail",
    ],
    ["the size", "552 5.3.4 Message size exceeds fixed limit", "data.too_large", "fail"],
    ["a daily limit", "550 5.4.5 Daily user sending limit exceeded", "quota.daily_limit", "inconclusive"],
    ["no reason", "554 5.0.0 Transaction failed", "data.refused", "fail"],
    ["for now", "451 4.3.0 Queue full", "data.deferred", "inconclusive"],
  ];
  test.each(sends)("a test message refused for %s", async (_what, reply, rule, verdict) => {
    const target = await relay({ faults: saying("end-of-data", reply) });
    const report = await run(target, {}, { mode: "send", recipient: "anna@example.com" });
    await expectDiagnosis(report, { rule, stage: "data", verdict });
  });
});

describe("what a check up to the login lets pass fails where it fails", () => {
  const none = { smtp_secure: "none", username: "", password: "" } as const;
  const refusing = (at: Fault["at"], reply: string) => ({ faults: saying(at, reply) });
  const cases: readonly [string, SandboxRelayOptions, Settings, string][] = [
    ["a login that is not offered", { authentication: "not_offered" }, {}, "auth"],
    ["no login where one is required", { tls: "none" }, none, "mail-from"],
    ["a sender that is refused", refusing("mail-from", "553 5.7.1 Not your address"), {}, "mail-from"],
    ["relaying that is denied", refusing("rcpt-to", "554 5.7.1 Relay access denied"), {}, "rcpt-to"],
    ["a message that is refused", refusing("end-of-data", "550 5.7.60 SendAsDenied"), {}, "data"],
  ];
  test.each(cases)("%s", async (_what, options, settings, stage) => {
    const target = await relay(options);
    const report = await run(target, settings, { mode: "send", recipient: "anna@example.com" });
    expect(report).toMatchObject({ verdict: "fail", failedStage: stage });
    expect(passed(report)).not.toContain(stage);
  });
});

describe("deadline and abort", () => {
  const count = () => process.getActiveResourcesInfo().filter((it) => /TCP|TLS/.test(it)).length;

  test("it never takes longer than its time", async () => {
    const target = await server(() => undefined);
    const before = performance.now();
    const report = await run(target, {}, { timeoutMs: 400 });
    expect(performance.now() - before).toBeLessThan(650);
    expect(report.verdict).toBe("inconclusive");
  });
  test("an abort ends it with a report, and no socket is left", async () => {
    const target = await server(() => undefined);
    const baseline = count();
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("enough")), 100);
    const report = await run(target, {}, { signal: controller.signal });
    expect(report).toMatchObject({ verdict: "inconclusive", diagnosis: { ruleId: "session.aborted" } });
    await expect.poll(count).toBeLessThanOrEqual(baseline + 1);
  });
  test("an abort while it looks around leaves no socket either", async () => {
    const open = new Set<Socket>();
    let count = 0;
    const controller = new AbortController();
    const target = await server((socket) => {
      open.add(socket);
      socket.on("close", () => open.delete(socket)).resume();
      count += 1;
      // Plain text for the first handshake; whoever comes after it to look around gets no answer.
      if (count === 1) socket.write("220 relay.example ESMTP\r\n");
      if (count === 3) controller.abort(new Error("enough"));
    });
    const startedAt = performance.now();
    const options = { signal: controller.signal };
    const report = await run(target, { smtp_host: "127.0.0.1", smtp_secure: "ssl" }, options);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(report).toMatchObject({ verdict: "inconclusive", failedStage: "tls" });
    await expect.poll(() => open.size).toBe(0);
  });
  test("leaving the loop ends it too", async () => {
    let ended: (() => void) | undefined;
    const gone = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const target = await server((socket) => socket.on("close", () => ended?.()));
    const options: DiagnoseOptions = {};
    const settings = {
      smtp_host: "localhost",
      smtp_port: target.port,
      smtp_secure: "starttls",
      username: "a",
      password: "b",
    };
    for await (const event of diagnose(settings, toContext(target, "shop@example.org"), options)) {
      if (event.type === "stage" && event.stage === "tcp") break;
    }
    await gone;
  });
});
