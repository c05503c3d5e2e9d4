import { EmailError, type EmailErrorCode } from "@getfluxly/email-core";
import { describe, expect, test } from "vitest";
import { explainFailure } from "./explain-failure.js";
import type { Observation, ObservedSettings } from "./observation.js";
import { rules } from "./rules/index.js";

const settings: ObservedSettings = {
  ...{
    host: "smtp.example.com",
    port: 587,
    tlsMode: "starttls",
    username: "shop@example.org",
    hasPassword: true,
  },
  ...{ from: "news@example.org", to: "anna@example.com" },
};

function observe(
  code: EmailErrorCode,
  stage: string,
  more: Partial<Observation> & {
    readonly reply?: readonly [number, string?, string?];
    readonly message?: string;
  } = {},
): Observation {
  const { reply, message = "It failed.", ...rest } = more;
  const [replyCode, text = "", enhancedStatus] = reply ?? [];
  const failure = new EmailError({
    ...{ code, stage, message },
    ...(replyCode !== undefined && {
      reply: { code: replyCode, text, ...(enhancedStatus && { enhancedStatus }) },
    }),
  });
  return { failure: failure.toJSON(), stage, settings, ...rest };
}

const ruleOf = (observation: Observation) => explainFailure(observation).ruleId;

describe("rules that no server on loopback can show", () => {
  const cases: readonly [string, Observation][] = [
    [
      "tcp.refused",
      observe("connection-failed", "tcp", { systemCode: "ECONNREFUSED", addresses: ["203.0.113.9"] }),
    ],
    [
      "tcp.refused_loopback",
      observe("connection-failed", "tcp", { systemCode: "ECONNREFUSED", addresses: ["::1"] }),
    ],
    [
      "tcp.unreachable_ipv6",
      observe("connection-failed", "tcp", { systemCode: "ENETUNREACH", addresses: ["2001:db8::1"] }),
    ],
    [
      "tcp.unreachable_ipv4",
      observe("connection-failed", "tcp", { systemCode: "EHOSTUNREACH", addresses: ["203.0.113.9"] }),
    ],
    ["tcp.reset", observe("connection-failed", "tcp", { systemCode: "ECONNRESET" })],
    ["tcp.timeout", observe("timed-out", "tcp")],
    ["dns.temporary", observe("host-not-found", "dns", { systemCode: "ESERVFAIL" })],
    [
      "tls.self_signed_chain",
      observe("certificate-invalid", "tls", { systemCode: "SELF_SIGNED_CERT_IN_CHAIN" }),
    ],
    ["tls.revoked_or_wrong_use", observe("certificate-invalid", "tls", { systemCode: "CERT_REVOKED" })],
    ["tls.silent", observe("timed-out", "tls")],
    [
      "auth.cleartext_refused",
      observe("authentication-failed", "auth", {
        reply: [504, "Plaintext login disallowed"],
        settings: { ...settings, tlsMode: "none" },
      }),
    ],
    [
      "auth.relay_fixed_username",
      observe("authentication-failed", "auth", {
        reply: [535, "Authentication failed"],
        settings: { ...settings, host: "smtp.sendgrid.net" },
      }),
    ],
    [
      "config.credentials_whitespace",
      observe("authentication-failed", "auth", {
        reply: [535, "no"],
        settings: { ...settings, passwordForm: "spaced-groups" },
      }),
    ],
    ["session.timeout", observe("timed-out", "auth")],
    ["session.lost", observe("connection-lost", "auth")],
    ["session.not_smtp", observe("protocol-violation", "auth")],
    ["session.refused", observe("relay-unavailable", "ehlo", { reply: [421, "busy"] })],
    ["ehlo.refused", observe("relay-refused", "ehlo", { reply: [550, "no"] })],
    ["policy.plaintext", observe("plaintext-not-permitted", "network")],
    [
      "dnsrec.spf_multiple",
      observe("message-refused", "deliverability", { message: "The domain has multiple SPF TXT records" }),
    ],
    [
      "dnsrec.spf_lookups",
      observe("message-refused", "deliverability", { message: "requires 13/10 maximum DNS lookups" }),
    ],
    [
      "dnsrec.dmarc_unaligned",
      observe("message-refused", "deliverability", { message: "spf=pass dkim=pass dmarc=fail" }),
    ],
    [
      "meta.verify_false_positive",
      observe("provider-failed", "verify", { message: "SMTP self-test passed" }),
    ],
  ];
  test.each(cases)("%s", (rule, observation) => {
    expect(ruleOf(observation)).toBe(rule);
  });
});

describe("probes tell apart what looks the same", () => {
  const silent = observe("timed-out", "greeting");

  test("without a probe the causes stay possible, all of them named", () => {
    const diagnosis = explainFailure(silent);
    expect(diagnosis).toMatchObject({ ruleId: "greeting.never_tls_port", confidence: "possible" });
    expect(diagnosis.alternatives.map(({ ruleId }) => ruleId)).toEqual([
      "greeting.silent",
      "greeting.not_smtp",
    ]);
    expect(diagnosis.suggestedPatch).toBeUndefined();
  });
  test.each([
    ["tls", "greeting.never_tls_port"],
    ["silent", "greeting.silent"],
    ["http", "greeting.not_smtp"],
  ] as const)("a port that is %s", (service, rule) => {
    const diagnosis = explainFailure({ ...silent, findings: [{ probe: "banner", service }] });
    expect(diagnosis).toMatchObject({ ruleId: rule, confidence: "confirmed" });
    expect(
      diagnosis.alternatives.every(({ ruledOutBy }) => ruledOutBy === "banner" || ruledOutBy === undefined),
    ).toBe(true);
  });
  test("another port that answers is a verified suggestion", () => {
    const refused = observe("connection-failed", "tcp", {
      systemCode: "ECONNREFUSED",
      addresses: ["203.0.113.9"],
    });
    const findings = [{ probe: "settings", works: [{ port: 2525, tlsMode: "starttls" }] }] as const;
    expect(explainFailure({ ...refused, findings })).toMatchObject({
      ruleId: "tcp.refused",
      confidence: "confirmed",
      suggestedPatch: {
        set: { smtp_port: 2525, smtp_secure: "starttls" },
        because: "tcp.refused",
        verified: true,
      },
    });
  });
});

describe("replies that look alike are told apart by their words", () => {
  const none = { ...settings, tlsMode: "none", username: "", hasPassword: false } as const;
  const cases: readonly [string, string, string, ObservedSettings?][] = [
    // Many relays judge the client and the sender only after RCPT TO, with the same code and status.
    ["rcpt-to", "554 5.7.1 <a@example.com>: Relay access denied", "rcpt.relay_denied"],
    ["rcpt-to", "550 5.7.54 Unable to relay recipient in non-accepted domain", "rcpt.relay_denied"],
    ["rcpt-to", "553 5.7.1 <a@x.test>: Sender address rejected: not owned by user b", "mailfrom.not_owned"],
    ["rcpt-to", "553 5.7.1 <a@x.test>: Sender address rejected: not logged in", "auth.required", none],
    ["rcpt-to", "554 5.7.1 Client host [192.0.2.4] blocked using zen.example.org", "greeting.ip_blocked"],
    ["rcpt-to", "554 5.7.1 <h[192.0.2.4]>: Client host rejected: Access denied", "greeting.ip_blocked"],
    [
      "rcpt-to",
      "450 4.7.1 Client host rejected: cannot find your reverse hostname",
      "greeting.no_reverse_dns",
    ],
    ["rcpt-to", "550 5.7.25 Client host rejected: cannot find your hostname", "greeting.no_reverse_dns"],
    ["rcpt-to", "450 4.1.8 <a@x.test>: Sender address rejected: Domain not found", "mailfrom.domain_unknown"],
    ["mail-from", "553 5.1.8 Domain of sender address a@x.test does not exist", "mailfrom.domain_unknown"],
    ["end-of-data", "550 5.1.8 Access denied, bad outbound sender", "mailfrom.account_blocked"],
    ["rcpt-to", "550 5.7.23 The message was rejected because of an SPF failure", "data.spf_reject"],
    ["rcpt-to", "550 5.7.26 The domain's DMARC policy rejects it", "data.dmarc_reject"],
    ["rcpt-to", "550 5.7.1 No", "rcpt.refused"],
    ["rcpt-to", "550 5.4.1 Recipient address rejected: Access denied", "rcpt.unknown_user"],
    ["rcpt-to", "552 5.2.2 Mailbox full", "rcpt.mailbox_closed"],
    ["rcpt-to", "452 4.2.2 Over quota", "rcpt.deferred"],
    [
      "end-of-data",
      "412 The 'From' address is not a Sender Signature on your account",
      "mailfrom.identity_unverified",
    ],
    ["end-of-data", "550 5.7.515 Access denied, Spf= Fail , Dkim= Pass", "data.ms_auth_level"],
    ["auth", "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.", "auth.invalid"],
    [
      "auth",
      "535 5.7.139 Authentication unsuccessful, user is locked by a policy",
      "auth.o365_tenant_disabled",
    ],
    ["auth", "550 5.7.30 Basic authentication is not supported", "auth.o365_basic_disabled"],
    ["auth", "535 5.7.1 Your IP address 192.0.2.4 is not authorized", "greeting.ip_blocked"],
    ["greeting", "554 5.7.1 Client host blocked", "greeting.ip_blocked"],
    ["greeting", "554 No SMTP service here", "greeting.refused"],
  ];
  test.each(cases)("%s: %s", (stage, line, rule, own = settings) => {
    const [, code = "", enhancedStatus, text = ""] = /^(\d{3}) (?:(\d\.\d+\.\d+) )?(.*)$/.exec(line) ?? [];
    const isLogin = stage === "auth" && code === "535";
    const kind = isLogin ? "authentication-failed" : code < "500" ? "relay-unavailable" : "relay-refused";
    const observation = observe(kind, stage, {
      reply: [Number(code), text, enhancedStatus ?? ""],
      settings: own,
    });
    expect(ruleOf(observation)).toBe(rule);
  });
});

test("a certificate out of date is told with its dates", () => {
  const expired = observe("certificate-invalid", "tls", { systemCode: "CERT_HAS_EXPIRED" });
  expect(explainFailure(expired).cause).toMatch(/^It is valid at another time only\./);
  const validity = ["2026-01-01T00:00:00.000Z", "2026-03-01T00:00:00.000Z"] as const;
  const findings = [
    { probe: "certificate", names: [], sameAddress: [], selfSigned: false, protocol: "TLSv1.3", validity },
  ] as const;
  expect(explainFailure({ ...expired, findings }).cause).toMatch(
    /^It is valid from 2026-01-01 to 2026-03-01\./,
  );
});

test("an empty setting does not leave a hole in a sentence", () => {
  const empty = observe("sender-invalid", "config", { settings: { ...settings, from: "" } });
  expect(explainFailure(empty).cause).toMatch(/^The sender is from_email\./);
});

test("without a rule it says so, and shows what there is", () => {
  expect(explainFailure(observe("provider-failed", "compose", { message: "Something new." }))).toMatchObject({
    ruleId: null,
    cause: "Something new.",
    confidence: "possible",
  });
});

test("an observation survives being stored", () => {
  const observation = observe("authentication-failed", "auth", { reply: [535, "5.7.8 no", "5.7.8"] });
  expect(explainFailure(JSON.parse(JSON.stringify(observation)))).toEqual(explainFailure(observation));
});

describe("the catalogue", () => {
  test("has each id once, and whatever it names exists", () => {
    const ids = rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(66);
    for (const { alternatives = [] } of rules) for (const id of alternatives) expect(ids).toContain(id);
  });
  test("is written for people: sentences, steps, no jargon of the code", () => {
    for (const { id, title, cause, steps, links = [] } of rules) {
      expect(cause, id).toMatch(/[.}:)]$|\{host\}$/);
      expect(title.length, id).toBeLessThan(100);
      expect(steps.length, id).toBeGreaterThan(0);
      for (const url of links) expect(new URL(url).protocol).toBe("https:");
    }
  });
  test("never advises less security", () => {
    const text = JSON.stringify(rules.map(({ cause, steps, title }) => ({ cause, steps, title })));
    expect(text).not.toMatch(
      /rejectUnauthorized|NODE_TLS|disable (?:certificate )?verification|smtp_secure to none/i,
    );
  });
});
