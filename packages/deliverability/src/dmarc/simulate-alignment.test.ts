import { evaluateDmarc } from "mailauth/lib/dmarc/index.js";
import { describe, expect, test } from "vitest";
import { toOracleResolver } from "../__fixtures__/to-oracle-resolver.js";
import { createZoneResolver, type ZoneEntry } from "../dns/create-zone-resolver.js";
import type { DnsResolver } from "../dns/dns-resolver.js";
import { simulateAlignment } from "./simulate-alignment.js";

const txt = (...TXT: string[]): ZoneEntry => ({ TXT });
const none = txt("v=DMARC1; p=none");

interface Case {
  readonly zone: Record<string, ZoneEntry>;
  readonly from: string;
  readonly envelope?: string;
  readonly dkim?: readonly string[];
  readonly verdict: "pass" | "fail" | "none";
  readonly policy?: string;
}

const cases: Record<string, Case> = {
  "the relay's own domains align with nothing": {
    zone: { "_dmarc.a.example": none },
    from: "a.example",
    envelope: "bounce.relay.test",
    dkim: ["relay.test"],
    verdict: "fail",
    policy: "none",
  },
  "a return path below From passes when relaxed": {
    zone: { "_dmarc.a.example": none },
    from: "a.example",
    envelope: "pm-bounces.a.example",
    verdict: "pass",
  },
  "and fails when strict": {
    zone: { "_dmarc.a.example": txt("v=DMARC1; p=reject; aspf=s") },
    from: "a.example",
    envelope: "pm-bounces.a.example",
    verdict: "fail",
    policy: "reject",
  },
  "strict DKIM wants the same name": {
    zone: { "_dmarc.a.example": txt("v=DMARC1; p=none; adkim=s") },
    from: "a.example",
    dkim: ["mail.a.example"],
    verdict: "fail",
  },
  "strict DKIM takes the same name": {
    zone: { "_dmarc.a.example": txt("v=DMARC1; p=none; adkim=s") },
    from: "A.example",
    dkim: ["a.EXAMPLE"],
    verdict: "pass",
  },
  "a sub-domain signed by its parent passes when the parent has the record": {
    zone: { "_dmarc.a.example": txt("v=DMARC1; p=none; sp=quarantine") },
    from: "news.a.example",
    dkim: ["a.example"],
    verdict: "pass",
    policy: "quarantine",
  },
  "and fails when only the sub-domain has one": {
    zone: { "_dmarc.news.a.example": none },
    from: "news.a.example",
    dkim: ["a.example"],
    verdict: "fail",
  },
  "and passes when both have one": {
    zone: { "_dmarc.news.a.example": txt("v=DMARC1; p=reject"), "_dmarc.a.example": none },
    from: "news.a.example",
    dkim: ["a.example"],
    verdict: "pass",
    policy: "reject",
  },
  "psd=n makes a sub-domain stand alone": {
    zone: { "_dmarc.news.a.example": txt("v=DMARC1; p=none; psd=n"), "_dmarc.a.example": none },
    from: "news.a.example",
    dkim: ["a.example"],
    verdict: "fail",
  },
  "psd=y above: the label below is the organisation": {
    zone: { "_dmarc.example": txt("v=DMARC1; p=reject; psd=y") },
    from: "x.a.example",
    dkim: ["y.a.example"],
    verdict: "pass",
    policy: "reject",
  },
  "psd=y above: neighbours are strangers": {
    zone: { "_dmarc.example": txt("v=DMARC1; p=reject; psd=y") },
    from: "x.a.example",
    dkim: ["y.b.example"],
    verdict: "fail",
    policy: "reject",
  },
  "two records count as none": {
    zone: { "_dmarc.a.example": txt("v=DMARC1; p=none", "v=DMARC1; p=reject") },
    from: "a.example",
    dkim: ["a.example"],
    verdict: "none",
  },
  "no record anywhere": { zone: {}, from: "a.example", dkim: ["a.example"], verdict: "none" },
  "a long name is followed by its last seven labels": {
    zone: { "_dmarc.c.d.e.f.g.a.example": txt("v=DMARC1; p=quarantine") },
    from: "1.2.3.4.5.b.c.d.e.f.g.a.example",
    dkim: ["9.c.d.e.f.g.a.example"],
    verdict: "pass",
    policy: "quarantine",
  },
  "between the long name and seven labels nothing is asked": {
    zone: { "_dmarc.b.c.d.e.f.g.a.example": none },
    from: "1.2.b.c.d.e.f.g.a.example",
    dkim: ["b.c.d.e.f.g.a.example"],
    verdict: "none",
  },
  "np is for names that do not exist": {
    zone: { "_dmarc.a.example": txt("v=DMARC1; p=none; sp=none; np=reject") },
    from: "gone.a.example",
    dkim: ["b.test"],
    verdict: "fail",
    policy: "reject",
  },
  "sp is for those that do": {
    zone: {
      "_dmarc.a.example": txt("v=DMARC1; p=none; sp=quarantine; np=reject"),
      "there.a.example": { A: ["192.0.2.1"] },
    },
    from: "there.a.example",
    dkim: ["b.test"],
    verdict: "fail",
    policy: "quarantine",
  },
  "one aligned mechanism is enough": {
    zone: { "_dmarc.a.example": none },
    from: "a.example",
    envelope: "relay.test",
    dkim: ["relay.test", "a.example"],
    verdict: "pass",
  },
};

describe.each(Object.entries(cases))("%s", (_name, { zone, from, envelope, dkim = [], verdict, policy }) => {
  const resolver = createZoneResolver(zone);
  test("simulated", async () => {
    const alignment = await simulateAlignment({ from, envelope, dkim, resolver });
    expect(alignment.verdict).toBe(verdict);
    if (policy !== undefined) expect(alignment.policy).toBe(policy);
  });
  test("as mailauth says about the message", async () => {
    const { response } = await evaluateDmarc({
      headerFrom: [from],
      spfDomains: envelope === undefined ? [] : [{ domain: envelope }],
      dkimDomains: dkim.map((domain) => ({ id: domain, domain, aligned: false, underSized: false })),
      arcResult: false,
      resolver: toOracleResolver(resolver),
    } as unknown as Parameters<typeof evaluateDmarc>[0]);
    expect(response === false ? "none" : response.status.result).toBe(verdict);
  });
});

test("gives a reason for every mechanism", async () => {
  const resolver = createZoneResolver({ "_dmarc.a.example": txt("v=DMARC1; p=none; aspf=s") });
  const { spf, dkim } = await simulateAlignment({
    from: "a.example",
    envelope: "b.a.example",
    dkim: ["relay.test"],
    resolver,
  });
  expect(spf).toMatchObject({
    mode: "strict",
    aligned: false,
    reason: expect.stringContaining("very same name"),
  });
  expect(dkim).toEqual([
    {
      domain: "relay.test",
      mode: "relaxed",
      aligned: false,
      reason: "relay.test belongs to relay.test, and a.example to a.example.",
    },
  ]);
});

test("t=y makes the policy one step milder", async () => {
  const at = (record: string) =>
    simulateAlignment({
      from: "a.example",
      dkim: [],
      resolver: createZoneResolver({ "_dmarc.a.example": txt(record) }),
    });
  expect((await at("v=DMARC1; p=reject; t=y")).policy).toBe("quarantine");
  expect((await at("v=DMARC1; p=quarantine; t=y")).policy).toBe("none");
});

test("at most eight questions for a name, and no verdict where the DNS does not answer", async () => {
  const asked: string[] = [];
  const zone = createZoneResolver({});
  const resolver: DnsResolver = {
    resolve(name, type) {
      asked.push(name);
      return zone.resolve(name, type);
    },
  };
  await simulateAlignment({ from: "1.2.3.4.5.6.7.8.9.10.a.example", dkim: [], resolver });
  expect(asked).toHaveLength(8);
  const silent = { resolve: async () => ({ status: "temporary", reason: "silence" }) as const };
  expect(await simulateAlignment({ from: "a.example", dkim: ["a.example"], resolver: silent })).toMatchObject(
    { verdict: "unknown" },
  );
});
