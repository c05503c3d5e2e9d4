import { expect, test } from "vitest";
import { createUlid, isUlid } from "./create-ulid.js";

test("the first ten characters are the time", () => {
  // The example of https://github.com/ulid/spec.
  expect(createUlid(new Date(1469918176385)).slice(0, 10)).toBe("01ARYZ6S41");
  expect(createUlid(new Date(0)).slice(0, 10)).toBe("0000000000");
  expect(createUlid(new Date(2 ** 48 - 1)).slice(0, 10)).toBe("7ZZZZZZZZZ");
});

test("the rest is random, in all characters of the alphabet", () => {
  const texts = Array.from({ length: 2000 }, () => createUlid(new Date()));
  expect(new Set(texts).size).toBe(2000);
  expect(texts.every(isUlid)).toBe(true);
  for (let place = 10; place < 26; place++) {
    expect(new Set(texts.map((text) => text[place])).size).toBe(32);
  }
});

test.each([
  "",
  "01ARZ3NDEKTSV4RRFFQ69G5FA",
  "01ARZ3NDEKTSV4RRFFQ69G5FAVX",
  "81ARZ3NDEKTSV4RRFFQ69G5FAV",
  "01ARZ3NDEKTSV4RRFFQ69G5FAU",
  "01arz3ndektsv4rrffq69g5fav",
])("%j is none", (text) => {
  expect(isUlid(text)).toBe(false);
});
