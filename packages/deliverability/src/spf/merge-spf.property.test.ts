import fc from "fast-check";
import { spf } from "mailauth/lib/spf/index.js";
import { expect, test } from "vitest";
import { toOracleResolver } from "../__fixtures__/to-oracle-resolver.js";
import { createZoneResolver } from "../dns/create-zone-resolver.js";
import { checkHost } from "./check-host.js";
import { mergeSpf } from "./merge-spf.js";

const surroundings = {
  "relay.example": { TXT: ["v=spf1 ip4:203.0.113.0/25 ip6:2001:db8:f::/48 -all"] },
  "one.example": { TXT: ["v=spf1 ip4:192.0.2.0/28 -all"] },
  "two.example": { TXT: ["v=spf1 ip4:192.0.2.64/28 include:three.example ~all"] },
  "three.example": { TXT: ["v=spf1 ip6:2001:db8:3::/48 ?all"] },
  "moved.example": { TXT: ["v=spf1 ip4:198.51.100.128/28 a:host.example -all"] },
  "host.example": { A: ["198.51.100.7"], AAAA: ["2001:db8:7::7"] },
  "mail.example": { MX: ["10 host.example"], A: ["198.51.100.8"], AAAA: ["2001:db8:8::8"] },
};
const relay = "include:relay.example";

/** One inside of everything a record can name, and some outside of all. */
const clients = [
  "203.0.113.5",
  "203.0.113.200",
  "2001:db8:f::1",
  "192.0.2.3",
  "192.0.2.66",
  "192.0.2.130",
  "2001:db8:3::9",
  "198.51.100.7",
  "198.51.100.8",
  "198.51.100.130",
  "2001:db8:7::7",
  "2001:db8:8::8",
  "2001:db8:ffff::1",
];

const mechanism = fc.constantFrom(
  "a",
  "mx",
  "MX:mail.example",
  "a:host.example",
  "a:HOST.example/32",
  "ip4:192.0.2.128/26",
  "ip4:192.0.2.130",
  "ip4:198.51.100.8",
  "ip6:2001:db8:8::/48",
  "IP6:2001:DB8:7::7",
  "include:one.example",
  "include:Two.example",
  "include:three.example",
  relay,
  "include:RELAY.example",
  "exists:%{l}.none.example",
  "moo=cow",
  "moo=%{D}",
);
const sign = fc.constantFrom("", "+", "-", "~", "?");
const end = (...ends: string[]) => fc.constantFrom(...ends);

const recordOf = (terms: fc.Arbitrary<string>, ends: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.array(terms, { maxLength: 4 }), ends)
    .map(([list, last]) => ["v=spf1", ...list, last].join(" ").trimEnd());

const zoneWith = (record: string) =>
  createZoneResolver({
    ...surroundings,
    "test.example": { TXT: [record], MX: ["5 mail.example"], A: ["198.51.100.7"], AAAA: ["2001:db8:7::7"] },
  });

async function evaluate(record: string, ip: string) {
  return checkHost({ ip, sender: "user@test.example", helo: "helo.example", resolver: zoneWith(record) });
}
const resultOf = async (record: string, ip: string) => (await evaluate(record, ip)).result;

function merge(records: readonly string[]): string | undefined {
  const result = mergeSpf(records, [relay]);
  return result.outcome === "merged" ? result.record : undefined;
}

test("a client passes by the merged record exactly if it passes by one of its parts", async () => {
  const ends = end(
    "-all",
    "~all",
    "?all",
    "",
    "redirect=moved.example",
    "-all include:one.example",
    "exp=why.example -all",
  );
  const records = fc.array(recordOf(mechanism, ends), { maxLength: 2 });
  await fc.assert(
    fc.asyncProperty(records, fc.constantFrom(...clients), async (parts, ip) => {
      const record = merge(parts);
      fc.pre(record !== undefined);
      const before = await Promise.all([...parts, `v=spf1 ${relay} -all`].map((part) => resultOf(part, ip)));
      // A term three times may break the limits of a part; the merged record has it once.
      fc.pre(!before.includes("permerror"));
      const after = await evaluate(record, ip);
      expect({ record, pass: after.result === "pass" }).toEqual({ record, pass: before.includes("pass") });
      expect(after.result).not.toBe("permerror");
      expect(mergeSpf([record], [relay])).toMatchObject({ record, changed: false, added: [], notes: [] });
    }),
    { numRuns: 5000 },
  );
}, 120_000);

test("with every qualifier: what the domain decided by a mechanism stays decided, and else the relay may send", async () => {
  const signed = fc
    .tuple(sign, mechanism)
    .map(([prefix, term]) => (term.includes("=") ? term : prefix + term));
  const record = recordOf(signed, end("-all", "~all", "?all", "+all", ""));
  await fc.assert(
    fc.asyncProperty(record, fc.constantFrom(...clients), async (before, ip) => {
      const after = merge([before]);
      fc.pre(after !== undefined);
      const decided = await evaluate(before, ip);
      fc.pre(decided.result !== "permerror");
      const isOpen = decided.mechanism === undefined || /all$/i.test(decided.mechanism);
      const relayPasses = (await resultOf(`v=spf1 ${relay} -all`, ip)) === "pass";
      const result = (await evaluate(after, ip)).result;
      if (!isOpen) expect(result).toBe(decided.result);
      else if (relayPasses) expect(result).toBe("pass");
      else expect(result).toBe(decided.mechanism === undefined ? "softfail" : decided.result);
    }),
    { numRuns: 3000 },
  );
}, 120_000);

test("mailauth finds the same in merged records", async () => {
  const record = fc.array(recordOf(mechanism, end("-all", "~all", "", "redirect=moved.example")), {
    maxLength: 2,
  });
  await fc.assert(
    fc.asyncProperty(record, fc.constantFrom(...clients), async (parts, ip) => {
      const merged = merge(parts);
      fc.pre(merged !== undefined);
      const theirs = await spf({
        ip,
        sender: "user@test.example",
        helo: "helo.example",
        mta: "mta.example",
        strict: true,
        resolver: toOracleResolver(zoneWith(merged)),
      });
      expect((await evaluate(merged, ip)).result).toBe(theirs.status.result);
    }),
    { numRuns: 500 },
  );
}, 120_000);
