import { expect, test } from "vitest";
import { createZoneResolver, type ZoneEntry } from "../dns/create-zone-resolver.js";
import { countSpfLookups } from "./count-spf-lookups.js";

const host: ZoneEntry = { A: ["192.0.2.1"], AAAA: ["2001:db8::1"] };
const zone: Record<string, ZoneEntry> = {
  "test.example": { ...host, MX: ["1 four.test.example", "2 host.test.example"] },
  "host.test.example": host,
  "four.test.example": { A: ["192.0.2.4"] },
  "leaf.example": { TXT: ["v=spf1 ip4:192.0.2.0/24 -all"] },
  "two.example": { TXT: ["v=spf1 include:leaf.example include:leaf.example +all include:leaf.example"] },
  "self.example": { TXT: ["v=spf1 include:loop.example"] },
  "loop.example": { TXT: ["v=spf1 redirect=self.example"] },
  "twice.example": { TXT: ["v=spf1 -all", "v=spf1 -all"] },
  "wrong.example": { TXT: ["v=spf1 ip4:1 include:leaf.example"] },
  "wide.example": { TXT: [`v=spf1 ${"include:wider.example ".repeat(9)}`] },
  "wider.example": { TXT: [`v=spf1 ${"include:two.example ".repeat(9)}`] },
  "silent.example": "temporary",
  "crowd.example": { MX: Array.from({ length: 11 }, (_, index) => `${index} host.test.example`) },
};
const count = (terms: string) =>
  countSpfLookups({ domain: "test.example", record: `v=spf1 ${terms}`, resolver: createZoneResolver(zone) });

test.each([
  ["ip4:192.0.2.1 ip6:2001:db8::1 exp=why.example -all", 0],
  ["a mx ptr exists:host.test.example -all", 4],
  ["a -all a", 1],
  ["-all redirect=leaf.example", 0],
  ["redirect=leaf.example mx", 2],
  ["include:leaf.example include:leaf.example", 2],
  ["include:two.example", 3],
  ["include:two.example redirect=two.example", 6],
  ["exists:%{i}.x.example -all", 1],
  ["exists:%{p}.x.example -all", 2],
])("%s costs %i", async (terms, total) => {
  expect(await count(terms)).toMatchObject({ total, problems: [], isLowerBound: false });
});

test("shows the tree with the names it asks for", async () => {
  expect((await count("include:two.example a")).tree).toEqual([
    {
      term: "include:two.example",
      target: "two.example",
      lookups: 3,
      problem: undefined,
      behind: [
        { term: "include:leaf.example", target: "leaf.example", lookups: 1, problem: undefined, behind: [] },
        { term: "include:leaf.example", target: "leaf.example", lookups: 1, problem: undefined, behind: [] },
      ],
    },
    { term: "a", target: "test.example", lookups: 1, problem: undefined, behind: [] },
  ]);
});

test("void answers differ by family", async () => {
  expect(await count("a:four.test.example mx a:none.example")).toMatchObject({
    voidForIp4: 1,
    voidForIp6: 3,
  });
  expect(await count("mx:host.test.example exists:four.test.example")).toMatchObject({
    voidForIp4: 1,
    voidForIp6: 1,
  });
});

test("explains what breaks the record, wherever it stands", async () => {
  const problems = async (terms: string) => (await count(terms)).problems.join();
  expect(await problems("include:self.example -all")).toMatch(
    /`redirect=self.example` leads back to self.example/,
  );
  expect(await problems("include:test.example -all")).toMatch(/leads back to test.example/);
  expect(await problems("ip4:0.0.0.0/0 include:none.example")).toMatch(
    /none.example, which has no SPF record/,
  );
  expect(await problems("include:twice.example")).toMatch(/2 SPF records/);
  expect(await problems("include:wrong.example")).toMatch(/wrong at `ip4:1`/);
  expect(await problems("mx:crowd.example")).toMatch(/11 mail servers; 10 are allowed/);
});

test("stops counting where the limit is far behind, and says so", async () => {
  const lookups = await count("include:wide.example");
  expect(lookups.total).toBeGreaterThan(50);
  expect(lookups.total).toBeLessThan(80);
  expect(lookups.isLowerBound).toBe(true);
});

test("names that depend on the sender are not followed; what is not answered is not counted as void", async () => {
  expect(await count("include:%{o}.example -all")).toMatchObject({ total: 1, isLowerBound: true });
  expect(await count("include:%{d}.none -all")).toMatchObject({
    problems: [expect.stringMatching(/test.example.none/)],
  });
  expect(await count("include:silent.example -all")).toMatchObject({
    total: 1,
    temporary: expect.stringMatching(/silent/),
    problems: [],
  });
  expect(await count("a:silent.example -all")).toMatchObject({ voidForIp4: 0, temporary: expect.anything() });
});
