import { generateKeyPairSync } from "node:crypto";
import type { DomainRecords } from "@getfluxly/email-core";
import { describe, expect, test } from "vitest";
import { createZoneResolver, type ZoneEntry } from "../dns/create-zone-resolver.js";
import { type InspectDomainOptions, inspectDomain } from "./inspect-domain.js";

const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({
  type: "spki",
  format: "der",
});
const dkimKey: ZoneEntry = { TXT: [`v=DKIM1; p=${key.toString("base64")}`] };
const about = { source: "https://relay.test/dns", verifiedOn: "2026-11-01" };

/** Two CNAMEs, a return path, an include: the shape of most relays. */
const relay: DomainRecords = {
  ...about,
  spf: { include: "spf.relay.test", need: "required" },
  dkim: [
    { type: "CNAME", host: "s1._domainkey", value: "s1.<domain>.dkim.relay.test" },
    { type: "CNAME", host: "s2._domainkey", value: "s2.u<id>.dkim.relay.test" },
  ],
  returnPath: { type: "CNAME", host: "bounces", value: "return.relay.test" },
};
const complete: Record<string, ZoneEntry> = {
  "a.example": { TXT: ["v=spf1 include:spf.relay.test -all"], MX: ["10 mx.a.example"] },
  "s1._domainkey.a.example": { CNAME: ["s1.a.example.dkim.relay.test"] },
  "s1.a.example.dkim.relay.test": dkimKey,
  "s2._domainkey.a.example": { CNAME: ["S2.u4711.dkim.relay.test"] },
  "s2.u4711.dkim.relay.test": dkimKey,
  "bounces.a.example": { CNAME: ["return.relay.test"] },
  "return.relay.test": { A: ["192.0.2.1"] },
  "spf.relay.test": { TXT: ["v=spf1 ip4:192.0.2.0/24 -all"] },
  "_dmarc.a.example": { TXT: ["v=DMARC1; p=none; rua=mailto:dmarc@a.example; fo=1"] },
};

const inspect = (zone: Record<string, ZoneEntry>, options: Partial<InspectDomainOptions> = {}) =>
  inspectDomain({ domain: "a.example", relay, resolver: createZoneResolver(zone), ...options });
const only = (dkim: DomainRecords["dkim"]): DomainRecords => ({ ...about, dkim });
const codesOf = async (
  zone: Record<string, ZoneEntry>,
  purpose: string,
  options: Partial<InspectDomainOptions> = {},
) => {
  const report = await inspect(zone, options);
  return report.records
    .filter((record) => record.purpose === purpose)
    .map(({ state, findings }) => `${state} ${findings.map(({ code }) => code).join()}`.trim());
};

test("a domain with everything is ready: nothing to publish, DMARC passes", async () => {
  const report = await inspect(complete);
  expect(report).toMatchObject({ verdict: "ready", publish: [], findings: [] });
  expect(report.alignment.now).toMatchObject({
    verdict: "pass",
    spf: { aligned: true },
    dkim: [{ aligned: true }],
  });
  expect(report.records.map(({ purpose, state }) => `${purpose} ${state}`)).toEqual([
    "spf ok",
    "dkim ok",
    "dkim ok",
    "return-path ok",
    "dmarc ok",
    "mx ok",
    "mta-sts missing",
    "tls-rpt missing",
    "bimi missing",
  ]);
});

test("an empty domain gets the exact records, and DMARC as it will be", async () => {
  const report = await inspect({ "a.example": {} });
  expect(report.verdict).toBe("action");
  expect(report.publish.map(({ name, type, value }) => `${name} ${type} ${value}`)).toEqual([
    "a.example TXT v=spf1 include:spf.relay.test -all",
    "s1._domainkey.a.example CNAME s1.a.example.dkim.relay.test",
    "bounces.a.example CNAME return.relay.test",
    "_dmarc.a.example TXT v=DMARC1; p=none; rua=mailto:dmarc@a.example; fo=1",
  ]);
  expect(report.alignment.now).toMatchObject({ verdict: "none", dkim: [] });
  expect(report.alignment.planned).toMatchObject({
    verdict: "pass",
    policyDomain: "a.example",
    spf: { domain: "bounces.a.example", aligned: true },
  });
});

test("what was published is in force: the report of the proposal is ready", async () => {
  const { publish } = await inspect({
    ...complete,
    "a.example": { MX: ["10 mx.a.example"] },
    "_dmarc.a.example": {},
    "s1._domainkey.a.example": {},
  });
  const zone: Record<string, ZoneEntry> = { ...complete, "a.example": { MX: ["10 mx.a.example"] } };
  for (const { name, type, value } of publish) zone[name] = { ...(zone[name] as object), [type]: [value] };
  expect(publish).toHaveLength(3);
  expect((await inspect(zone)).verdict).toBe("ready");
});

describe("SPF", () => {
  const spf = async (
    record: readonly string[],
    need: "required" | "conditional" | "legacy" = "required",
    more: Record<string, ZoneEntry> = {},
  ) =>
    (
      await inspect(
        { ...complete, "a.example": { TXT: record }, ...more },
        { relay: { ...relay, spf: { include: "spf.relay.test", need } } },
      )
    ).spf;
  const codes = ({ findings }: { findings: readonly { code: string; severity: string }[] }) =>
    findings.map(({ severity, code }) => `${severity} ${code}`).join();

  test("the include is merged into the record that is there", async () => {
    const report = await spf(
      ["google-site-verification=x", "v=spf1 include:spf.other.test ~all"],
      "required",
      { "spf.other.test": { TXT: ["v=spf1 -all"] } },
    );
    expect(report).toMatchObject({
      state: "incomplete",
      found: ["v=spf1 include:spf.other.test ~all"],
      publish: { value: "v=spf1 include:spf.other.test include:spf.relay.test ~all" },
      lookups: { total: 1 },
      lookupsAfter: { total: 2 },
    });
    expect(codes(report)).toBe("error spf_include_missing");
  });
  test("where the relay does not need it, its absence is a note, and the record is at hand all the same", async () => {
    const report = await spf(["v=spf1 -all"], "legacy");
    expect(report).toMatchObject({
      state: "ok",
      need: "optional",
      publish: { value: "v=spf1 include:spf.relay.test -all" },
    });
    expect(codes(report)).toBe("note spf_include_missing");
    expect(codes(await spf(["v=spf1 -all"], "conditional"))).toBe("note spf_include_missing");
    expect(codes(await spf([], "legacy"))).toBe("note spf_missing");
  });
  test("an include of an include counts; a refusing one does not", async () => {
    const below = { "own.test": { TXT: ["v=spf1 include:spf.relay.test -all"] } };
    const report = await spf(["v=spf1 include:own.test -all"], "required", below);
    expect(report).toMatchObject({ state: "ok", publish: undefined, findings: [] });
    expect(codes(await spf(["v=spf1 ?include:own.test -all"], "required", below))).toBe(
      "error spf_include_missing",
    );
  });
  test("an include that is not answered is told, and nothing is called wrong", async () => {
    const report = await spf(["v=spf1 include:slow.test include:spf.relay.test -all"], "required", {
      "slow.test": "temporary",
    });
    expect(codes(report)).toBe("warning spf_not_counted");
  });
  test("two records are one error and one record", async () => {
    const report = await spf(["v=spf1 a -all", "v=spf1 include:spf.relay.test ~all"]);
    expect(report).toMatchObject({
      state: "multiple",
      publish: { value: "v=spf1 a include:spf.relay.test -all" },
    });
    expect(codes(report)).toContain("error spf_multiple");
  });
  test("a mistake is explained, and nothing is proposed", async () => {
    const report = await spf(["v=spf1 ip4:2001:db8::1 include:spf.relay.test -all"]);
    expect(report).toMatchObject({ state: "invalid", publish: undefined });
    expect(report.findings[0]?.message).toMatch(/write `ip6:` before it.*PermError/);
  });
  test("too many lookups: advice to use a sub-domain, not addresses", async () => {
    const wide = {
      "wide.test": { TXT: [`v=spf1 ${"a:mx.a.example ".repeat(9)}-all`] },
      "mx.a.example": { A: ["192.0.2.5"], AAAA: ["2001:db8::5"] },
    };
    const after = await spf(["v=spf1 include:wide.test -all"], "required", wide);
    expect(after).toMatchObject({ state: "invalid", lookups: { total: 10 }, lookupsAfter: { total: 11 } });
    expect(after.findings.map(({ message }) => message).join(" ")).toMatch(
      /news\.a\.example.*Do not replace includes by their addresses/,
    );
    expect(codes(await spf(["v=spf1 include:wide.test include:wide.test -all"], "required", wide))).toContain(
      "error spf_too_many_lookups",
    );
  });
  test("void lookups and broken includes are errors", async () => {
    expect(codes(await spf(["v=spf1 a:n1.test a:n2.test a:n3.test include:spf.relay.test -all"]))).toBe(
      "error spf_void_lookups",
    );
    expect(codes(await spf(["v=spf1 include:gone.test include:spf.relay.test -all"]))).toBe(
      "error spf_perm_error",
    );
  });
  test("bad habits are warnings", async () => {
    expect(codes(await spf(["v=spf1 include:spf.relay.test +all"]))).toBe("warning spf_pass_all");
    expect(codes(await spf(["v=spf1 ptr include:spf.relay.test -all"]))).toBe("warning spf_ptr");
    expect(codes(await spf(["v=spf1 include:spf.relay.test"]))).toBe(
      "warning spf_no_all,note spf_merge_note",
    );
    expect(
      codes(await spf([`v=spf1 ${"ip4:192.0.2.100 ".repeat(30)}include:spf.relay.test -all`])),
    ).toContain("warning spf_long");
  });
  test("a long record comes in strings", async () => {
    const many = Array.from({ length: 20 }, (_, index) => `ip4:192.0.2.${100 + index}`).join(" ");
    const { publish } = await spf([`v=spf1 ${many} -all`]);
    expect(publish?.strings).toHaveLength(2);
    expect(publish?.strings?.every((text) => text.length <= 255)).toBe(true);
    expect(publish?.strings?.join("")).toBe(publish?.value);
  });
});

describe("DKIM", () => {
  const alias = only([{ type: "CNAME", host: "s1._domainkey", value: "s1.dkim.relay.test" }]);
  const text = only([{ type: "TXT", host: "<selector>._domainkey" }]);
  const at = (name: string, entry: ZoneEntry) => ({ "a.example": {}, [name]: entry });

  test.each<readonly [string, Record<string, ZoneEntry>, string]>([
    ["missing", {}, "missing alias_missing"],
    ["with another type", at("s1._domainkey.a.example", { A: ["192.0.2.1"] }), "missing alias_missing"],
    [
      "leading elsewhere",
      at("s1._domainkey.a.example", { CNAME: ["s2.dkim.relay.test"] }),
      "invalid alias_target",
    ],
    [
      "with the domain twice",
      at("s1._domainkey.a.example.a.example", { CNAME: ["s1.dkim.relay.test"] }),
      "missing record_misplaced",
    ],
    [
      "without its underscore",
      at("s1.domainkey.a.example", { CNAME: ["s1.dkim.relay.test"] }),
      "missing record_misplaced",
    ],
    [
      "leading to no key",
      at("s1._domainkey.a.example", { CNAME: ["s1.dkim.relay.test"] }),
      "ok dkim_key_not_there",
    ],
    [
      "leading to a key",
      { "s1._domainkey.a.example": { CNAME: ["s1.dkim.relay.test."] }, "s1.dkim.relay.test": dkimKey },
      "ok",
    ],
    [
      "leading to a revoked key",
      {
        "s1._domainkey.a.example": { CNAME: ["s1.dkim.relay.test"] },
        "s1.dkim.relay.test": { TXT: ["v=DKIM1; p="] },
      },
      "invalid dkim_revoked",
    ],
    ["as a key", at("s1._domainkey.a.example", dkimKey), "ok dkim_not_alias"],
    ["not answered", at("s1._domainkey.a.example", "temporary"), "temporary dns_temporary"],
  ])("a CNAME %s", async (_name, zone, expected) => {
    expect(await codesOf(zone, "dkim", { relay: alias })).toEqual([expected]);
  });

  test("a selector that the relay issues has to be named", async () => {
    expect(await codesOf({}, "dkim", { relay: text })).toEqual(["not_checked dkim_selector_unknown"]);
    const zone = at("k1._domainkey.a.example", dkimKey);
    expect(await codesOf(zone, "dkim", { relay: text, selectors: ["k1"] })).toEqual(["ok"]);
    expect(
      await codesOf(zone, "dkim", { relay: text, selectors: ["k2", "k1._domainkey.a.example"] }),
    ).toEqual(["missing dkim_missing", "ok"]);
    expect(
      await codesOf(at("k1._domainkey.a.example", { TXT: ["v=DKIM1; p=x", "v=DKIM1; p=y"] }), "dkim", {
        relay: text,
        selectors: ["k1"],
      }),
    ).toEqual(["multiple dkim_multiple"]);
    expect(
      await codesOf(at("k1._domainkey.a.example.a.example", dkimKey), "dkim", {
        relay: text,
        selectors: ["k1"],
      }),
    ).toEqual(["missing record_misplaced"]);
  });
});

describe("return path by MX", () => {
  const byMx: DomainRecords = {
    ...only([]),
    returnPath: { type: "MX", host: "send", value: "10 feedback.<region>.relay.test" },
  };
  test.each<readonly [string, readonly string[], string]>([
    ["right", ["10 feedback.eu-1.relay.test"], "ok"],
    ["missing", [], "missing return_path_mx"],
    ["beside another", ["10 feedback.eu-1.relay.test", "20 mx.a.example"], "invalid return_path_mx"],
    ["elsewhere", ["10 mx.a.example"], "invalid return_path_mx"],
  ])("%s", async (_name, MX, expected) => {
    expect(await codesOf({ "send.a.example": { MX } }, "return-path", { relay: byMx })).toEqual([expected]);
  });
});

describe("DMARC", () => {
  test.each<readonly [string, Record<string, ZoneEntry>, string]>([
    ["missing", {}, "missing dmarc_missing"],
    [
      "two",
      { "_dmarc.a.example": { TXT: ["v=DMARC1; p=none", "v=DMARC1; p=none"] } },
      "multiple dmarc_multiple",
    ],
    ["without a policy", { "_dmarc.a.example": { TXT: ["v=DMARC1; sp=none"] } }, "invalid dmarc_invalid"],
    [
      "with a wrong policy and reports",
      { "_dmarc.a.example": { TXT: ["v=DMARC1; p=rejected; rua=mailto:d@a.example"] } },
      "ok dmarc_remark",
    ],
    ["without reports", { "_dmarc.a.example": { TXT: ["v=DMARC1; p=none"] } }, "ok dmarc_no_reports"],
    [
      "with history",
      { "_dmarc.a.example": { TXT: ["v=DMARC1; p=none; pct=50; rua=mailto:d@a.example"] } },
      "ok dmarc_remark",
    ],
    [
      "with reports to strangers",
      { "_dmarc.a.example": { TXT: ["v=DMARC1; p=none; rua=mailto:d@reports.test"] } },
      "ok dmarc_report_permission",
    ],
    [
      "with reports to hosts who agreed",
      {
        "_dmarc.a.example": { TXT: ["v=DMARC1; p=none; rua=mailto:d@reports.test!10m"] },
        "a.example._report._dmarc.reports.test": { TXT: ["v=DMARC1"] },
      },
      "ok",
    ],
    ["not answered", { "_dmarc.a.example": "temporary" }, "temporary dns_temporary"],
    ["another text", { "_dmarc.a.example": { TXT: ["hello"] } }, "missing dmarc_missing"],
  ])("%s", async (_name, zone, expected) => {
    expect(await codesOf(zone, "dmarc")).toEqual([expected]);
  });
  test("of two, one that counts is to be kept", async () => {
    const keep = "v=DMARC1; p=reject; rua=mailto:d@a.example";
    const report = await inspect({ "_dmarc.a.example": { TXT: ["v=DMARC1; x", keep] } });
    expect(report.publish.find(({ name }) => name === "_dmarc.a.example")?.value).toBe(keep);
  });
  test("a sub-domain takes its parent's; without one it is told what a record of its own would mean", async () => {
    const domain = "news.a.example";
    expect(await codesOf(complete, "dmarc", { domain })).toEqual(["ok dmarc_inherited"]);
    const report = await inspect({}, { domain });
    expect(report.records.find(({ purpose }) => purpose === "dmarc")?.findings[0]?.message).toMatch(
      /publish it at _dmarc\.a\.example instead/,
    );
  });
});

describe("advice", () => {
  test("is never an error", async () => {
    const zone = {
      ...complete,
      "_mta-sts.a.example": { TXT: ["v=STSv1"] },
      "_smtp._tls.a.example": { TXT: ["v=TLSRPTv1; rua=mailto:t@a.example"] },
      "default._bimi.a.example": { TXT: ["v=BIMI1; l=x", "v=BIMI1; l=y"] },
    };
    const report = await inspect(zone);
    expect(report.verdict).toBe("ready");
    expect(
      report.records
        .filter(({ need }) => need === "optional")
        .map(({ purpose, state }) => `${purpose} ${state}`),
    ).toEqual(["mta-sts invalid", "tls-rpt ok", "bimi multiple"]);
  });
  test("no MX and a null MX lose replies", async () => {
    expect(await codesOf({}, "mx")).toEqual(["missing mx_missing"]);
    expect(await codesOf({ "a.example": { MX: ["0 ."] } }, "mx")).toEqual(["invalid mx_missing"]);
  });
  test("mailbox providers cannot be sent for", async () => {
    const report = await inspect({}, { domain: "GMail.com." });
    expect(report).toMatchObject({
      domain: "gmail.com",
      verdict: "action",
      findings: [{ code: "free_mail" }],
    });
  });
});

test("a relay that is not known: the envelope is the domain's own", async () => {
  const report = await inspect(complete, { relay: undefined });
  expect(report.alignment.now).toMatchObject({ verdict: "pass", spf: { domain: "a.example" } });
  expect(report.publish).toEqual([]);
});

test("DNS that never answers ends as unknown, in time", async () => {
  const start = performance.now();
  const report = await inspectDomain({
    domain: "a.example",
    relay,
    timeoutMs: 100,
    resolver: { resolve: () => new Promise(() => {}) },
  });
  expect(report.verdict).toBe("unknown");
  expect(report.records.filter(({ need }) => need !== "optional").map(({ state }) => state)).toEqual(
    Array(6).fill("temporary"),
  );
  expect(performance.now() - start).toBeLessThan(2000);
});

test("a domain that is none is a mistake of the caller", async () => {
  await expect(inspect({}, { domain: "a..example" })).rejects.toThrow(TypeError);
  await expect(inspect({}, { domain: "caf\u00e9.example" })).rejects.toThrow(TypeError);
});
