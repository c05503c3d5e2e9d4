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
