import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { createApiKey } from "./create-api-key.js";
import { hashApiKey } from "./hash-api-key.js";
import { parseApiKeyMode } from "./parse-api-key-mode.js";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

test("a made key has 190 random bits and a checksum over the rest", () => {
  for (const mode of ["live", "test"] as const) {
    const key = createApiKey(mode);
    expect(key).toMatch(new RegExp(`^gf_${mode}_[0-9A-Za-z]{38}$`));
    const checksum = [...key.slice(-6)].reduce((value, digit) => value * 62 + alphabet.indexOf(digit), 0);
    expect(checksum).toBe(crc32(key.slice(0, -6)));
    expect(parseApiKeyMode(key)).toBe(mode);
  }
});

test("keys differ, and every character of the alphabet is about as likely as any other", () => {
  const keys = Array.from({ length: 2000 }, () => createApiKey("live"));
  expect(new Set(keys).size).toBe(keys.length);
  const counts = new Map<string, number>();
  for (const key of keys) {
    for (const digit of key.slice(8, 40)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  }
  expect(counts.size).toBe(62);
  // 64,000 draws of 62: a mean of 1032 and a deviation of 32. A modulo bias would lift the first eight by a quarter.
  for (const count of counts.values()) expect(Math.abs(count - 1032)).toBeLessThan(7 * 32);
});

test.each([
  ["gf_live_12345678", "live"],
  ["gf_test_abc-DEF_9", "test"],
  [`gf_live_${"a".repeat(200)}`, "live"],
  [`gf_live_${"a".repeat(201)}`, undefined],
  ["gf_live_1234567", undefined],
  ["gf_prod_12345678", undefined],
  ["GF_LIVE_12345678", undefined],
  ["gf_live_1234 5678", undefined],
  ["gf_live_12345678\n", undefined],
  ["gf_live_12345678ü", undefined],
  ["", undefined],
])("the mode of %j is %s", (key, mode) => {
  expect(parseApiKeyMode(key)).toBe(mode);
});

test("the hash is SHA-256 in hex", () => {
  expect(hashApiKey("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
