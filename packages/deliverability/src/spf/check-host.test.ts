import { describe, expect, test } from "vitest";
import { createZoneResolver, type ZoneEntry } from "../dns/create-zone-resolver.js";
import { checkHost } from "./check-host.js";

const alex: ZoneEntry = { A: ["192.0.2.7"], AAAA: ["2001:db8::7"] };
const names = Object.fromEntries(
  Array.from({ length: 12 }, (_, index) => [`h${index}.names.test`, { A: [`198.51.100.${index}`] }]),
);

/** What stands around every record that is tested. */
const surroundings: Record<string, ZoneEntry> = {
  "host.test.example": alex,
  "mx.test.example": { MX: ["10 host.test.example", "20 other.test.example"] },
  "other.test.example": { A: ["192.0.2.200"] },
  "nullmx.test.example": { MX: ["0 ."] },
  "alias.test.example": { CNAME: ["host.test.example"] },
  "loop.test.example": { CNAME: ["loop.test.example"] },
  "down.test.example": "temporary",
  "empty.test.example": {},
  "pass.test.example": { TXT: ["v=spf1 ip4:192.0.2.7 -all"] },
  "fail.test.example": { TXT: ["v=spf1 -all exp=why.test.example"] },
  "soft.test.example": { TXT: ["v=spf1 ~all"] },
  "neutral.test.example": { TXT: ["v=spf1 ?all"] },
  "broken.test.example": { TXT: ["v=spf1 nonsense -all"] },
  "nospf.test.example": { TXT: ["a text"] },
  "why.test.example": { TXT: ["%{i} may not send for %{d}, says %{r}: %{c} %{t} %{h}"] },
  "7.2.0.192.in-addr.arpa": { PTR: ["down.test.example", "liar.test.example", "HOST.test.example"] },
  "7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa": { PTR: ["host.test.example"] },
  "liar.test.example": { A: ["203.0.113.1"] },
  "9.2.0.192.in-addr.arpa": "temporary",
  "many.test.example": { MX: Object.keys(names).map((name) => `10 ${name}`) },
  "ten.test.example": {
    MX: Object.keys(names)
      .slice(0, 10)
      .map((name) => `10 ${name}`),
  },
  "11.100.51.198.in-addr.arpa": { PTR: Object.keys(names) },
  "9.100.51.198.in-addr.arpa": { PTR: Object.keys(names) },
  ...names,
};

interface Sending {
  readonly ip?: string;
  readonly sender?: string;
  readonly helo?: string;
  readonly zone?: Record<string, ZoneEntry>;
}

async function check(record: string | readonly string[] | ZoneEntry, sending: Sending = {}) {
  const own =
    record === "temporary"
      ? record
      : typeof record === "string"
        ? { TXT: [record] }
        : Array.isArray(record)
          ? { TXT: record }
          : record;
  return checkHost({
    ip: sending.ip ?? "192.0.2.7",
    sender: sending.sender ?? "strong-bad@test.example",
    helo: sending.helo ?? "mail.client.example",
    receiver: "receiver.example",
    now: new Date(1_800_000_000_500),
    resolver: createZoneResolver({ ...surroundings, "test.example": own as ZoneEntry, ...sending.zone }),
  });
}

type Case = readonly [term: string, result: string, ip?: string];

describe.each<readonly [string, readonly Case[]]>([
  [
    "all",
    [
      ["all", "pass"],
      ["+all", "pass"],
      ["-all", "fail"],
      ["~all", "softfail"],
      ["?all", "neutral"],
      ["-ALL", "fail"],
      ["-all.", "permerror"],
      ["-all:test.example", "permerror"],
      ["all/8", "permerror"],
      ["?all -all", "neutral"],
    ],
  ],
  [
    "ip4",
    [
      ["ip4:192.0.2.7 -all", "pass"],
      ["IP4:192.0.2.0/24 -all", "pass"],
      ["ip4:192.0.2.8/32 -all", "fail"],
      ["ip4:0.0.0.0/0", "pass"],
      ["ip4:0.0.0.0/0 -all", "fail", "2001:db8::7"],
      ["-ip4:192.0.2.7 +all", "fail"],
      ["ip4:192.0.2.7 -all", "pass", "::ffff:192.0.2.7"],
      ["ip4", "permerror"],
      ["ip4:", "permerror"],
      ["ip4:192.0.2", "permerror"],
      ["ip4:192.0.2.7/33", "permerror"],
      ["ip4:192.0.2.07", "permerror"],
      ["ip4:192.0.2.7/08", "permerror"],
      ["ip4:192.0.2.7//32", "permerror"],
      ["ip4:192.0.2.7:25", "permerror"],
      ["ip4:0x7f.0.0.1", "permerror"],
      ["ip4:256.0.0.1", "permerror"],
      ["ip4:2001:db8::7", "permerror"],
    ],
  ],
  [
    "ip6",
    [
      ["ip6:2001:db8::7 -all", "pass", "2001:db8::7"],
      ["ip6:2001:DB8::/32 -all", "pass", "2001:db8:1::1"],
      ["ip6:2001:db8::8 -all", "fail", "2001:db8::7"],
      ["ip6:::/0 -all", "pass", "2001:db8::7"],
      ["ip6:::/0 -all", "fail"],
      ["ip6:2001:db8::192.0.2.1 -all", "pass", "2001:db8::c000:201"],
      ["ip6", "permerror"],
      ["ip6:2001:db8::7/129", "permerror"],
      ["ip6:2001:db8:::7", "permerror"],
      ["ip6:192.0.2.7", "permerror"],
      ["ip6:fe80::1%eth0", "permerror"],
      ["ip6:::192.0.2.01", "permerror"],
      ["ip6:2001:db8::7/032", "permerror"],
    ],
  ],
  [
    "a",
    [
      ["a:host.test.example -all", "pass"],
      ["A:HOST.test.example -all", "pass"],
      ["a:host.test.example -all", "pass", "2001:db8::7"],
      ["a:other.test.example -all", "fail"],
      ["a:other.test.example/24 -all", "pass"],
      ["a:host.test.example/0//0 -all", "pass", "203.0.113.9"],
      ["a:host.test.example//64 -all", "pass", "2001:db8::99"],
      ["a:host.test.example/24 -all", "fail", "2001:db8::99"],
      ["a:alias.test.example -all", "pass"],
      ["a:missing.test.example -all", "fail"],
      ["a:empty.test.example -all", "fail"],
      ["a:down.test.example -all", "temperror"],
      ["a:loop.test.example -all", "temperror"],
      ["a:host.test.example. -all", "pass"],
      ["a:x...test.example -all", "fail"],
      [`a:${"x".repeat(64)}.test.example -all`, "fail"],
      ["a:", "permerror"],
      ["a/33", "permerror"],
      ["a//129", "permerror"],
      ["a/", "permerror"],
      ["a/x", "permerror"],
      ["a/024", "permerror"],
      ["a:single", "permerror"],
      ["a:192.0.2.7", "permerror"],
      ["a:test.123", "permerror"],
      ["a:test.-x", "permerror"],
      ["a:test.x-", "permerror"],
      ["a:test.x-1 -all", "fail"],
      ["a=b", "neutral"],
    ],
  ],
  [
    "mx",
    [
      ["mx:mx.test.example -all", "pass"],
      ["mx:mx.test.example -all", "pass", "2001:db8::7"],
      ["mx:mx.test.example/24 -all", "pass", "192.0.2.99"],
      ["mx:nullmx.test.example -all", "fail"],
      ["mx:host.test.example -all", "fail"],
      ["mx:down.test.example -all", "temperror"],
      ["mx:ten.test.example -all", "pass", "198.51.100.9"],
      ["mx:many.test.example -all", "permerror", "198.51.100.1"],
      ["mx:", "permerror"],
      ["mx/33", "permerror"],
      ["mx:1.2.3.4", "permerror"],
    ],
  ],
  [
    "ptr",
    [
      ["ptr -all", "pass"],
      ["ptr:host.test.example -all", "pass"],
      ["PTR:TEST.example -all", "pass"],
      ["ptr:other.example -all", "fail"],
      ["ptr -all", "pass", "2001:db8::7"],
      ["ptr:liar.test.example -all", "fail"],
      ["ptr -all", "fail", "192.0.2.8"],
      ["ptr -all", "fail", "192.0.2.9"],
      ["ptr:names.test -all", "pass", "198.51.100.9"],
      ["ptr:names.test -all", "fail", "198.51.100.11"],
      ["ptr:", "permerror"],
      ["ptr/0", "permerror"],
      ["ptr:single", "permerror"],
    ],
  ],
  [
    "exists",
    [
      ["exists:host.test.example -all", "pass"],
      ["exists:host.test.example -all", "pass", "2001:db8::99"],
      ["exists:missing.test.example -all", "fail"],
      ["exists:down.test.example -all", "temperror"],
      ["exists", "permerror"],
      ["exists:", "permerror"],
      ["exists:host.test.example/24", "permerror"],
    ],
  ],
  [
    "include",
    [
      ["include:pass.test.example -all", "pass"],
      ["~include:pass.test.example -all", "softfail"],
      ["include:fail.test.example ?all", "neutral"],
      ["include:soft.test.example -all", "fail"],
      ["include:neutral.test.example -all", "fail"],
      ["include:nospf.test.example all", "permerror"],
      ["include:missing.test.example all", "permerror"],
      ["include:broken.test.example all", "permerror"],
      ["include:down.test.example all", "temperror"],
      ["include", "permerror"],
      ["include:", "permerror"],
      ["include:pass.test.example/24", "permerror"],
      ["include:test.example", "permerror"],
      ["include:a..test.example all", "permerror"],
    ],
  ],
  [
    "redirect",
    [
      ["redirect=pass.test.example", "pass"],
      ["redirect=fail.test.example", "fail"],
      ["redirect=pass.test.example ip4:203.0.113.1", "pass"],
      ["redirect=pass.test.example ?all", "neutral"],
      ["REDIRECT=soft.test.example", "softfail"],
      ["redirect=nospf.test.example", "permerror"],
      ["redirect=missing.test.example", "permerror"],
      ["redirect=down.test.example", "temperror"],
      ["redirect=broken.test.example", "permerror"],
      ["redirect=", "permerror"],
      ["redirect=single", "permerror"],
      ["redirect=pass.test.example redirect=pass.test.example", "permerror"],
      ["redirect=test.example", "permerror"],
      ["redirect:pass.test.example", "permerror"],
      ["?redirect=pass.test.example", "permerror"],
    ],
  ],
  [
    "modifiers",
    [
      ["moo=cow -all", "fail"],
      ["moo=cow moo=%{d} -all", "fail"],
      ["default=pass", "neutral"],
      ["a.b-c_1=x -all", "fail"],
      ["moo= -all", "fail"],
      ["moo=%x -all", "permerror"],
      ["m!o=x -all", "permerror"],
      ["=x -all", "permerror"],
      ["1=x -all", "permerror"],
      ["exp= -all", "permerror"],
      ["exp=why.test.example exp=why.test.example -all", "permerror"],
    ],
  ],
  [
    "macros",
    [
      ["exists:%{l}.%{d} -all", "fail"],
      ["exists:%{z}.test.example", "permerror"],
      ["exists:%{d0}.test.example", "permerror"],
      ["exists:%{d", "permerror"],
      ["exists:%(d).test.example", "permerror"],
      ["exists:%{dx}.test.example", "permerror"],
      ["exists:%{c}.test.example", "permerror"],
      ["exists:%{r}.test.example", "permerror"],
      ["exists:%{t}.test.example", "permerror"],
      ["a:%%%{d} -all", "fail"],
      ["a:host.%.example", "permerror"],
      ["a:host.%{d1}.%{o1} -all", "fail"],
      ["a:host.%{d2} -all", "pass"],
      ["a:host.%{o} -all", "pass"],
      ["a:h%%.%{d} -all", "fail"],
    ],
  ],
])("%s", (_mechanism, cases) => {
  test.each(cases)("%s is %s (%s)", async (terms, result, ip) => {
    expect(await check(`v=spf1 ${terms}`, ip === undefined ? {} : { ip })).toMatchObject({ result });
  });
});

describe("which record", () => {
  test.each<readonly [string, readonly string[] | ZoneEntry, string]>([
    ["none", ["v=spf10 -all", "a text"], "none"],
    ["one of several texts", ["a text", "v=spf1 -all", "v=spf2.0/pra +all"], "fail"],
    ["two", ["v=spf1 -all", "v=spf1 -all"], "permerror"],
    ["in any case", ["V=SpF1 -ALL"], "fail"],
    ["without terms", ["v=spf1"], "neutral"],
    ["with a space too many", ["v=spf1   -all  "], "fail"],
    ["with a space before it", [" v=spf1 -all"], "none"],
    ["with a term glued to it", ["v=spf1-all"], "none"],
    ["with a letter outside ASCII", ["v=spf1 a:caf\u00e9.test.example -all"], "permerror"],
    ["with a control character", ["v=spf1 a:host.test.example\rptr -all"], "permerror"],
    ["beside a text outside ASCII", ["caf\u00e9", "v=spf1 -all"], "fail"],
    ["a mistake behind the match", ["v=spf1 ip4:192.0.2.7 -all ip4:999"], "permerror"],
    ["not to be had", "temporary", "temperror"],
    ["behind a CNAME", { CNAME: ["pass.test.example"] }, "pass"],
  ])("%s", async (_name, record, result) => {
    expect(await check(record)).toMatchObject({ result });
  });

  test.each([
    ["single", "x@single"],
    ["an empty label", "x@a..example"],
    ["a long label", `x@${"a".repeat(64)}.example`],
    ["an address literal", "x@[192.0.2.7]"],
    ["nothing", ""],
    ["a name that does not exist", "x@nowhere.example"],
  ])("there is none for %s", async (_name, sender) => {
    expect(await check("v=spf1 -all", { sender, helo: "single" })).toMatchObject({ result: "none" });
  });

  test("TXT only: the type SPF is never asked for", async () => {
    const asked: string[] = [];
    const resolver = createZoneResolver({ "test.example": { TXT: ["v=spf1 -all"] } });
    await checkHost({
      ip: "192.0.2.7",
      sender: "a@test.example",
      helo: "h.example",
      resolver: {
        resolve(name, type) {
          asked.push(type);
          return resolver.resolve(name, type);
        },
      },
    });
    expect(asked).toEqual(["TXT"]);
  });

  test("an empty sender is postmaster of the HELO name", async () => {
    const result = await check("v=spf1 exists:%{l}.%{o}.ok -all", {
      sender: "",
      helo: "test.example",
      zone: { "postmaster.test.example.ok": alex },
    });
    expect(result.result).toBe("pass");
  });
});

describe("macros", () => {
  const explain = async (text: string, sending: Sending = {}) =>
    (
      await check("v=spf1 -all exp=e.%{d}", {
        ...sending,
        zone: { "e.test.example": { TXT: [text] }, ...sending.zone },
      })
    ).explanation;

  test.each([
    ["%{s} %{o} %{d} %{l}", "strong-bad@test.example test.example test.example strong-bad"],
    [
      "%{d4} %{d2} %{d1} %{dr} %{d1r} %{d99}",
      "test.example test.example example example.test test test.example",
    ],
    ["%{l-} %{lr-} %{l1r-} %{D2R}", "strong.bad bad.strong strong example.test"],
    ["%{ir}.%{v}", "7.2.0.192.in-addr"],
    [
      "%{c} %{r} %{t} %{h} %{p}",
      "192.0.2.7 receiver.example 1800000000 mail.client.example host.test.example",
    ],
    ["a%%b%_c%-d", "a%b c%20d"],
    ["%{S}", "strong-bad%40test.example"],
  ])("%s", async (text, expanded) => {
    expect(await explain(text)).toBe(expanded);
  });

  test("IPv6 in nibbles, and as people write it", async () => {
    expect(await explain("%{ir}.%{v} %{c}", { ip: "2001:DB8::CB01" })).toBe(
      "1.0.B.C.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.B.D.0.1.0.0.2.ip6 2001:db8::cb01",
    );
  });
  test("several delimiters, each of them splits", async () => {
    expect(await explain("%{l+-} %{l1r+-}", { sender: "foo-bar+zip+quux@test.example" })).toBe(
      "foo.bar.zip.quux foo",
    );
  });
  test("an upper-case letter escapes what RFC 3986 does not leave alone", async () => {
    expect(await explain("%{L}", { sender: "~a&b='(c)*!_.-@test.example" })).toBe(
      "~a%26b%3D%27%28c%29%2A%21_.-",
    );
  });
  test("%{p} is the domain, then a name below it, then any name, then unknown", async () => {
    const reverse = "9.113.0.203.in-addr.arpa";
    const at = { A: ["203.0.113.9"] };
    const zone = (...PTR: string[]) => ({
      [reverse]: { PTR },
      "b.example": at,
      "x.test.example": at,
      "test.example": { TXT: ["v=spf1 -all exp=e.%{d}"], ...at },
    });
    const ip = "203.0.113.9";
    expect(await explain("%{p}", { ip, zone: zone("b.example", "x.test.example", "test.example") })).toBe(
      "test.example",
    );
    expect(await explain("%{p}", { ip, zone: zone("b.example", "x.test.example") })).toBe("x.test.example");
    expect(await explain("%{p}", { ip, zone: zone("b.example") })).toBe("b.example");
    expect(await explain("%{p}", { ip, zone: zone("host.test.example") })).toBe("unknown");
    expect(await explain("%{p}", { ip: "203.0.113.10" })).toBe("unknown");
  });
  test("a name that is too long loses labels on the left", async () => {
    const tail = `${"d".repeat(60)}.${"e".repeat(60)}.${"f".repeat(60)}.test.example`;
    const zone = { [`${"c".repeat(49)}.${tail}`]: alex };
    const terms = `v=spf1 exists:${"a".repeat(40)}.${"c".repeat(49)}.${tail}.%{v} -all`;
    expect((await check(terms, { zone: { [`${"c".repeat(49)}.${tail}.in-addr`]: alex } })).result).toBe(
      "pass",
    );
    expect((await check(terms, { zone })).result).toBe("fail");
  });
  test("the explanation belongs to the domain that the redirect leads to, and none to one that is included", async () => {
    const why =
      "192.0.2.9 may not send for fail.test.example, says receiver.example: 192.0.2.9 1800000000 mail.client.example";
    const ip = "192.0.2.9";
    expect(
      (await check("v=spf1 redirect=fail.test.example exp=other.test.example", { ip })).explanation,
    ).toBe(why);
    expect((await check("v=spf1 include:fail.test.example -all", { ip })).explanation).toBeUndefined();
    expect((await check("v=spf1 ~all exp=why.test.example", { ip })).explanation).toBeUndefined();
  });
  test.each<readonly [string, ZoneEntry]>([
    ["is not there", {}],
    ["is there twice", { TXT: ["one", "two"] }],
    ["cannot be had", "temporary"],
    ["has a wrong macro", { TXT: ["%{x}"] }],
    ["is not ASCII", { TXT: ["caf\u00e9"] }],
  ])("an explanation that %s is none", async (_name, entry) => {
    const result = await check("v=spf1 -all exp=e.test.example", { zone: { "e.test.example": entry } });
    expect(result).toMatchObject({ result: "fail", explanation: undefined });
  });
});

describe("limits", () => {
  const repeat = (count: number, term: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => term(index)).join(" ");

  test.each([
    "a:other.test.example",
    "mx:mx.test.example/32",
    "exists:other.test.example",
    "ptr:nobody.example",
    "include:soft.test.example",
  ])("10 times %s is allowed, 11 times is not", async (term) => {
    const ip = "192.0.2.9";
    const free = term.startsWith("exists") ? "-" : "";
    const allowed = await check(`v=spf1 ${repeat(10, () => free + term)} ?all`, { ip });
    expect(allowed.result).toBe(free ? "fail" : "neutral");
    if (!free) expect(allowed.lookups).toBe(10);
    expect(
      (await check(`v=spf1 ${repeat(11, () => (free ? "exists:host.nowhere" : term))} ?all`, { ip })).result,
    ).toBe("permerror");
  });
  test("they are counted over includes and redirects", async () => {
    const zone = (count: number) => ({
      "deep.test.example": { TXT: [`v=spf1 ${repeat(count, () => "a:other.test.example")} -all`] },
    });
    const record = "v=spf1 include:deep.test.example a:other.test.example redirect=soft.test.example";
    expect(await check(record, { zone: zone(7) })).toMatchObject({ result: "softfail", lookups: 10 });
    expect(await check(record, { zone: zone(8) })).toMatchObject({ result: "permerror", lookups: 11 });
  });
  test("%{p} counts, an explanation does not", async () => {
    expect(await check("v=spf1 exists:%{p}.nowhere.example -all exp=why.test.example")).toMatchObject({
      result: "fail",
      lookups: 2,
    });
    const full = `v=spf1 ${repeat(10, () => "a:other.test.example")} -all exp=%{p}.test.example`;
    expect(await check(full)).toMatchObject({ result: "fail", lookups: 10 });
  });
  test("terms behind the match are not counted", async () => {
    expect(
      await check(`v=spf1 ip4:192.0.2.7 ${repeat(11, () => "a:other.test.example")} -all`),
    ).toMatchObject({ result: "pass", lookups: 0 });
  });
  test("two questions without an answer are allowed, three are not", async () => {
    const record = (count: number) => `v=spf1 ${repeat(count, (index) => `a:no${index}.test.example`)} ?all`;
    expect(await check(record(2))).toMatchObject({ result: "neutral", voidLookups: 2 });
    expect(await check(record(3))).toMatchObject({ result: "permerror", voidLookups: 3 });
    expect(
      await check("v=spf1 a:empty.test.example mx:host.test.example exists:no.test.example ?all"),
    ).toMatchObject({ result: "permerror" });
  });
  test("a host without IPv6 is void for an IPv6 client only", async () => {
    const record = "v=spf1 a:other.test.example -all";
    expect(await check(record)).toMatchObject({ voidLookups: 0 });
    expect(await check(record, { ip: "2001:db8::1" })).toMatchObject({ voidLookups: 1 });
  });
  test("a client's own PTR is not the domain's void lookup", async () => {
    expect(await check("v=spf1 ptr ptr ptr ?all", { ip: "203.0.113.77" })).toMatchObject({
      result: "neutral",
      voidLookups: 0,
    });
  });
});

test("says which mechanism decided, and what is wrong", async () => {
  expect(await check("v=spf1 ip4:192.0.2.7 -all")).toMatchObject({
    result: "pass",
    mechanism: "ip4:192.0.2.7",
  });
  expect((await check("v=spf1 ip4:2001:db8::7 -all")).problem).toBe(
    "The record of test.example is wrong at `ip4:2001:db8::7`: This is an IPv6 address: write `ip6:` before it.",
  );
  expect((await check("v=spf1 include:nospf.test.example -all")).problem).toBe(
    "`include:nospf.test.example` leads to no record: nospf.test.example publishes no SPF record.",
  );
});

test("a resolver that throws is no answer, and an address that is none is a mistake of the caller", async () => {
  const resolver = { resolve: () => Promise.reject(new Error("boom")) };
  const options = { sender: "a@test.example", helo: "h.example", resolver };
  expect(await checkHost({ ip: "192.0.2.1", ...options })).toMatchObject({
    result: "temperror",
    problem: expect.stringContaining("boom"),
  });
  await expect(checkHost({ ip: "192.0.2", ...options })).rejects.toThrow(TypeError);
});
