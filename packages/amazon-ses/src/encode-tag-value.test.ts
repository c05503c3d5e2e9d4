import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeTagValue } from "./decode-tag-value.js";
import { encodeTagValue } from "./encode-tag-value.js";

test("any text comes back as it was, and is of what SES takes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const value = encodeTagValue(text);
      expect(value).toMatch(/^[\w-]+$/);
      expect(decodeTagValue(value)).toBe(text);
    }),
  );
});

test.each([
  ["A-17", "A-17"],
  ["", "gf64_"],
  ["a b", "gf64_YSBi"],
  ["gf64_", "gf64_Z2Y2NF8"],
  ["Zürich", "gf64_WsO8cmljaA"],
  ["???>>>", "gf64_Pz8_Pj4-"],
])("%j travels as %s", (text, value) => {
  expect(encodeTagValue(text)).toBe(value);
  expect(decodeTagValue(value)).toBe(text);
});
