import { expect, test, vi } from "vitest";
import { assertFresh } from "./assert-fresh.js";
import { createMemoryReplayStore } from "./create-memory-replay-store.js";
import { equalInConstantTime } from "./equal-in-constant-time.js";
import { findHeader, requireHeader } from "./find-header.js";
import { fromBase64 } from "./from-base64.js";
import { fromHex } from "./from-hex.js";
import { hmacSha256 } from "./hmac-sha256.js";
import { matchesOneOf } from "./matches-one-of.js";
import { parseJson, readJson } from "./read-json.js";
import { sameMessageId } from "./same-message-id.js";
import { toHex } from "./to-hex.js";

test.each(["YWI=", "YQ==", "YWJj", ""])("%j is base64", (text) => {
  expect(Buffer.from(fromBase64(text) ?? [0]).toString("base64")).toBe(text);
});
test.each(["YWI", "YWJ=", "YR==", "YW I=", "YWI=\n", "YW-_", "====", "YWI=YWI="])("%j is none", (text) => {
  expect(fromBase64(text)).toBeUndefined();
});

test("hexadecimal digits are lower-case and in pairs", () => {
  expect(fromHex("00ff10")).toEqual(Uint8Array.of(0, 255, 16));
  expect(toHex(Uint8Array.of(0, 255, 16))).toBe("00ff10");
  for (const text of ["0", "0F", "zz", " 00", "00\n"]) expect(fromHex(text), text).toBeUndefined();
});

test("HMAC-SHA256 over parts is that over the whole (RFC 4231, case 2)", async () => {
  const expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  expect(toHex(await hmacSha256("Jefe", "what do ya want ", "for nothing?"))).toBe(expected);
  await expect(hmacSha256("", "x")).rejects.toThrow();
});

test("comparison takes texts and octets, and only equal is equal", async () => {
  expect(await equalInConstantTime("a", Uint8Array.of(97))).toBe(true);
  expect(await equalInConstantTime("a", "b")).toBe(false);
  expect(await equalInConstantTime("", "")).toBe(true);
  expect(await equalInConstantTime("a", "a\0")).toBe(false);
  expect(await matchesOneOf("b", ["a", "b"])).toBe(true);
  expect(await matchesOneOf("c", ["a", "b"])).toBe(false);
  expect(await matchesOneOf("", [])).toBe(false);
});

test.each<[string, string, boolean]>([
  ["nothing", "", false],
  ["one character", "x", false],
  ["as long as a live one, and wrong", "x".repeat(32), false],
  ["10,000 characters", "x".repeat(10_000), false],
  ["the first live one", "a".repeat(32), true],
  ["the last live one", "c".repeat(32), true],
])("the work of a comparison tells nothing: %s", async (_what, given, isOne) => {
  const live = ["a".repeat(32), "b".repeat(32), "c".repeat(32)];
  using digest = vi.spyOn(crypto.subtle, "digest");
  expect(await matchesOneOf(given, live)).toBe(isOne);
  // Both sides, for every live one, whichever fits.
  const digested = digest.mock.calls.map(([, octets]) => new TextDecoder().decode(octets));
  expect(digested).toEqual(live.flatMap((candidate) => [given, candidate]));
});

test("headers: absent, empty and doubled are told apart", () => {
  const headers: [string, string][] = [
    ["X-One", " 1 "],
    ["x-none", ""],
    ["X-Two", "2"],
    ["x-two", "2"],
  ];
  const request = { method: "POST", url: "", headers, body: new Uint8Array() };
  expect(findHeader(request, "x-ONE")).toBe("1");
  expect(findHeader(request, "X-None")).toBe("");
  expect(findHeader(request, "X-Absent")).toBeUndefined();
  expect(() => findHeader(request, "X-Two")).toThrow(/twice/);
  expect(() => requireHeader(request, "X-None")).toThrow(/empty/);
  expect(() => requireHeader(request, "X-Absent")).toThrow(/no header/);
});

test.each([
  [0, true],
  [300, true],
  [301, false],
  [-300, true],
  [-301, false],
])("signed %i s ago with a window of 300 s: %s", (age, holds) => {
  const now = new Date((1931058367 + age) * 1000);
  const check = () => assertFresh("1931058367", now, 300);
  if (holds) expect(check()).toEqual(new Date(1931058367_000));
  else expect(check).toThrow(expect.objectContaining({ reason: "stale" }));
});
test("a wide window is wide into the past only, and a time is digits only", () => {
  const day = 86_400;
  expect(() => assertFresh("1931058367", new Date((1931058367 + day) * 1000), day)).not.toThrow();
  expect(() => assertFresh("1931058367", new Date((1931058367 - 301) * 1000), day)).toThrow(/ahead/);
  for (const text of ["1700000000abc", "1700000000.5", "-1700000000", "1e9", "17000000000000", "0"]) {
    expect(() => assertFresh(text, new Date(), day), text).toThrow(
      expect.objectContaining({ reason: "malformed" }),
    );
  }
});

test("JSON keeps large integers, and nothing else changes", () => {
  expect(
    parseJson('{"a":9007199254740995,"b":"9007199254740995","c":[-9007199254740993,9007199254740991]}'),
  ).toEqual({
    a: "9007199254740995",
    b: "9007199254740995",
    c: ["-9007199254740993", 9007199254740991],
  });
  const tricky =
    '{"a\\"1234567890123456789":1.1234567890123456789,"b":1e20,"c":"\\\\","d":"x 12345678901234567890 "}';
  expect(parseJson(tricky)).toEqual(JSON.parse(tricky));
  expect(parseJson("nope")).toBeUndefined();
  expect(parseJson("null")).toBeNull();
});
test.each([10, 64, 100, 100_000])("JSON keeps an integer that lies %i deep", (depth) => {
  const inBrackets = (text: string) => "[".repeat(depth) + text + "]".repeat(depth);
  let value = parseJson(inBrackets('9007199254740993,{"a":1}'));
  for (let level = 1; level < depth; level++) value = Array.isArray(value) ? value[0] : undefined;
  expect(value).toEqual(["9007199254740993", { a: 1 }]);
});
test("JSON survives a byte-order mark and broken UTF-8", () => {
  const request = { method: "POST", url: "", headers: [], body: Buffer.from('\ufeff{"a":"x\ufffd"}') };
  expect(readJson(request)).toEqual({ a: "x\ufffd" });
  expect(readJson({ ...request, body: Buffer.from([0x22, 0xff, 0x22]) })).toBe("\ufffd");
});
test("JSON of a megabyte of quotes and digits is read in linear time", () => {
  const started = performance.now();
  parseJson(`["${'\\"'.repeat(400_000)}1234567890123456"]`);
  parseJson(`"${'\\"'.repeat(400_000)}1234567890123456`);
  parseJson(`[${"1234567890123456789,".repeat(50_000)}1]`);
  expect(performance.now() - started).toBeLessThan(2_000);
});

test("the replay store forgets in time, and the oldest first", async () => {
  let time = 0;
  const store = createMemoryReplayStore({ maxKeys: 2, now: () => time });
  expect(await store.claim("a", 10)).toBe(true);
  expect(await store.claim("a", 10)).toBe(false);
  time = 10_000;
  expect(await store.claim("a", 10)).toBe(true);
  await store.release("a");
  expect(await store.claim("a", 10)).toBe(true);
  expect(await store.claim("b", 10)).toBe(true);
  expect(await store.claim("c", 10)).toBe(true);
  expect(await store.claim("b", 10)).toBe(false);
  expect(await store.claim("a", 10)).toBe(true);
});

test.each([
  ["<a@x.example>", "a@x.example", undefined, true],
  [" a@x.example", "<a@x.example>", undefined, true],
  ["a@x.example", "A@x.example", undefined, false],
  ["abc", "abc.filter0001.1", undefined, false],
  ["abc", "abc.recvd-1.2", "sendgrid", true],
  ["a.b@x.example", "a.c@x.example", "sendgrid", false],
  [null, null, undefined, false],
  ["", "<>", undefined, false],
])("%j and %j at %s: %s", (left, right, relay, same) => {
  expect(sameMessageId(left, right, relay)).toBe(same);
});
