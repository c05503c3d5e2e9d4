import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryLine } from "./__fixtures__/arbitrary-line.js";
import { decodeWords } from "./__fixtures__/decode-words.js";
import { encodeWords } from "./encode-words.js";

describe("encoded words", () => {
  test.each([
    ["grün 1", "=?UTF-8?Q?gr=C3=BCn_1?="],
    ["a_b=c?d.e~f'(g)%20", "=?UTF-8?Q?a=5Fb=3Dc=3Fd=2Ee=7Ef=27=28g=29=2520?="],
    ["世界", "=?UTF-8?B?5LiW55WM?="],
  ])("%j is %j", (text, encoded) => {
    expect(encodeWords(text)).toBe(encoded);
  });

  test.each(["ü", "世", "🎉", "a🎉", "aé", "\ufeff", "a\ufeff"])(
    "%j is split between characters only",
    (text) => {
      for (const shift of ["", "x", "xx", "xxx"]) {
        const long = shift + text.repeat(80);
        expect(decodeWords(encodeWords(long))).toBe(long);
      }
    },
  );

  test("are decodable one by one, and safe in a phrase and beside any field name", () => {
    fc.assert(
      fc.property(arbitraryLine(), (text) => {
        const encoded = encodeWords(text);
        expect(decodeWords(encoded)).toBe(text);
        for (const word of encoded === "" ? [] : encoded.split(" ")) {
          expect(word).toMatch(/^=\?UTF-8\?(?:Q\?[\w!*+/=-]{1,48}|B\?[A-Za-z\d+/=]{1,48})\?=$/);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});
