import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryText } from "./__fixtures__/arbitrary-text.js";
import { decodeQuotedPrintable } from "./__fixtures__/decode-quoted-printable.js";
import { encodeQuotedPrintable } from "./encode-quoted-printable.js";

describe("quoted-printable", () => {
  test.each([
    ["", ""],
    ["a=b", "a=3Db"],
    ["Grüße\n", "Gr=C3=BC=C3=9Fe\n"],
    ["a \nb\t", "a=20\nb=09"],
    ["\x0b\x7f", "=0B=7F"],
    ["x".repeat(76), `${"x".repeat(75)}=\nx`],
    [`${"x".repeat(74)} \n`, `${"x".repeat(74)}=\n=20\n`],
    [`${"x".repeat(73)}=`, `${"x".repeat(73)}=\n=3D`],
    [`${"x".repeat(70)}ü`, `${"x".repeat(70)}=\n=C3=BC`],
    [`${"x".repeat(67)}世`, `${"x".repeat(67)}=\n=E4=B8=96`],
    [`${"x".repeat(64)}🎉`, `${"x".repeat(64)}=\n=F0=9F=8E=89`],
  ])("of %j is %j", (text, encoded) => {
    expect(encodeQuotedPrintable(text)).toBe(encoded);
  });

  test("decodes to what it was, in lines of at most 76 characters that do not end with a blank", () => {
    const text = arbitraryText.map((one) => one.replace(/\r\n?/g, "\n"));
    fc.assert(
      fc.property(text, (one) => {
        const encoded = encodeQuotedPrintable(one);
        expect(decodeQuotedPrintable(encoded)).toBe(one);
        expect(encoded).toMatch(/^[\t\n -~]*$/);
        for (const line of encoded.split("\n")) {
          expect(line.length).toBeLessThanOrEqual(76);
          expect(line).not.toMatch(/[ \t]$/);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
