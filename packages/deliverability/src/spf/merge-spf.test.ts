import { describe, expect, test } from "vitest";
import { mergeSpf } from "./merge-spf.js";

const relay = ["include:spf.mtasv.net"];
const merged = (records: readonly string[], terms: readonly string[] = relay) => {
  const merge = mergeSpf(records, terms);
  if (merge.outcome === "refused") throw new Error(merge.reasons.join("\n"));
  return merge;
};
const refused = (records: readonly string[], terms: readonly string[] = relay) => {
  const merge = mergeSpf(records, terms);
  return merge.outcome === "refused" ? merge.reasons.join("\n") : `merged: ${merge.record}`;
};

describe("one record", () => {
  test.each([
    ["v=spf1 -all", "v=spf1 include:spf.mtasv.net -all"],
    ["v=spf1 include:_spf.google.com ~all", "v=spf1 include:_spf.google.com include:spf.mtasv.net ~all"],
    ["V=SPF1 A MX ?ALL", "v=spf1 A MX include:spf.mtasv.net ?ALL"],
    ["v=spf1   mx   -all ", "v=spf1 mx include:spf.mtasv.net -all"],
    ["v=spf1 include:SPF.mtasv.net. -all", "v=spf1 include:SPF.mtasv.net. -all"],
    ["v=spf1 -ip4:192.0.2.1 mx -all", "v=spf1 -ip4:192.0.2.1 mx include:spf.mtasv.net -all"],
    ["v=spf1 mx redirect=_spf.example.com", "v=spf1 mx include:spf.mtasv.net redirect=_spf.example.com"],
    ["v=spf1 redirect=_spf.example.com mx", "v=spf1 mx include:spf.mtasv.net redirect=_spf.example.com"],
    ["v=spf1 mx", "v=spf1 mx include:spf.mtasv.net ~all"],
    ["v=spf1", "v=spf1 include:spf.mtasv.net ~all"],
    [
      "v=spf1 ip4:192.0.2.1 mx IP4:192.0.2.1/32 MX -all",
      "v=spf1 ip4:192.0.2.1 mx include:spf.mtasv.net -all",
    ],
    [
      "v=spf1 ip6:2001:DB8::/32 ip6:2001:db8:0::1/32 -all",
      "v=spf1 ip6:2001:DB8::/32 include:spf.mtasv.net -all",
    ],
    [
      "v=spf1 exists:%{L}.example.com exists:%{l}.example.com x=%{D} exp=why.example.com -all",
      "v=spf1 exists:%{L}.example.com exists:%{l}.example.com include:spf.mtasv.net x=%{D} exp=why.example.com -all",
    ],
    ["v=spf1 +all", "v=spf1 include:spf.mtasv.net +all"],
  ])("%s becomes %s", (record, result) => {
    expect(merged([record]).record).toBe(result);
    expect(merged([result]).record).toBe(result);
    expect(merged([result]).changed).toBe(false);
  });

  test("says what was added, and that nothing was", () => {
    expect(merged(["v=spf1 -all"])).toMatchObject({ changed: true, added: relay });
    expect(merged(["v=spf1 include:spf.mtasv.net -all"])).toMatchObject({ changed: false, added: [] });
  });
  test("an include behind `all` counts for nothing: it is moved", () => {
    const merge = merged(["v=spf1 mx -all include:spf.mtasv.net include:other.example"]);
    expect(merge).toMatchObject({ record: "v=spf1 mx include:spf.mtasv.net -all", added: relay });
    expect(merge.notes.join()).toMatch(/`include:other.example` stood behind `-all`/);
  });
  test("a redirect beside `all` has no effect, and goes", () => {
    const merge = merged(["v=spf1 redirect=_spf.example.com -all"]);
    expect(merge.record).toBe("v=spf1 include:spf.mtasv.net -all");
    expect(merge.notes.join()).toMatch(/no effect/);
  });
  test("a record without `all` gets the one that refuses nobody, and a note", () => {
    expect(merged(["v=spf1 mx"]).notes.join()).toMatch(/~all/);
  });
});

test("no record: the relay's include and -all", () => {
  expect(merged([])).toMatchObject({ record: "v=spf1 include:spf.mtasv.net -all", changed: true });
  expect(merged([], ["include:a.example", "ip4:192.0.2.1"]).record).toBe(
    "v=spf1 include:a.example ip4:192.0.2.1 -all",
  );
});

describe("several records", () => {
  test.each([
    [
      ["v=spf1 include:a.example -all", "v=spf1 include:b.example ~all"],
      "v=spf1 include:a.example include:b.example include:spf.mtasv.net -all",
    ],
    [["v=spf1 mx ~all", "v=spf1 mx include:spf.mtasv.net ~all"], "v=spf1 mx include:spf.mtasv.net ~all"],
    [
      ["v=spf1 redirect=_spf.example.com", "v=spf1 mx -all"],
      "v=spf1 mx include:spf.mtasv.net redirect=_spf.example.com",
    ],
    [
      ["v=spf1 redirect=_spf.example.com", "v=spf1 redirect=_SPF.example.com"],
      "v=spf1 include:spf.mtasv.net redirect=_spf.example.com",
    ],
    [
      ["v=spf1 mx exp=a.example.com -all", "v=spf1 a exp=b.example.com -all"],
      "v=spf1 mx a include:spf.mtasv.net exp=a.example.com -all",
    ],
  ])("%j become %s", (records, result) => {
    expect(merged(records)).toMatchObject({ record: result, changed: true });
  });
  test("notes say what was chosen", () => {
    expect(merged(["v=spf1 a -all", "v=spf1 mx ~all"]).notes.join()).toMatch(/strictest stays: `-all`/);
    expect(merged(["v=spf1 redirect=a.example.com", "v=spf1 mx -all"]).notes.join()).toMatch(
      /`-all` is left out/,
    );
    expect(merged(["v=spf1 exp=a.example.com -all", "v=spf1 exp=b.example.com -all"]).notes.join()).toMatch(
      /left out: `exp=b/,
    );
  });
});

test("refuses what only a person can decide", () => {
  expect(refused(["v=spf1 ip4:192.0.2.999 -all"])).toMatch(/wrong at `ip4:192.0.2.999`/);
  expect(refused(["v=spf1 -mx -all", "v=spf1 a -all"])).toMatch(/order matters for `-mx`/);
  expect(refused(["v=spf1 redirect=a.example", "v=spf1 redirect=b.example"])).toMatch(/Only one of/);
  expect(refused(["v=spf1 ~include:spf.mtasv.net -all"])).toMatch(/make it `include:spf.mtasv.net` first/);
  expect(refused(["v=spf1 -all"], ["include:nonsense"])).toMatch(/include:nonsense/);
  expect(refused(["v=spf1 -all"], ["all"])).toMatch(/lets someone send/);
  expect(refused([], ["-ip4:192.0.2.1"])).toMatch(/lets someone send/);
  expect(refused([], ["x=y"])).toMatch(/lets someone send/);
});
