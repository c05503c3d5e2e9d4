import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldHeader } from "./fold-header.js";

const field = fc
  .array(
    fc.oneof(
      fc.constantFrom(" ", " ", "  ", " ".repeat(80), "x".repeat(75), "x".repeat(76), "y".repeat(200)),
      fc.stringMatching(/^[!-~]{1,20}$/),
    ),
    { maxLength: 30 },
  )
  .map((parts) => `Name: ${parts.join("").trim()}`.trim());

describe("a folded header field", () => {
  test.each([
    ["Subject: short", "Subject: short"],
    [`Subject: ${"x".repeat(67)}`, `Subject: ${"x".repeat(67)}`],
    [`Subject: ${"x".repeat(60)} yyyyyyy`, `Subject: ${"x".repeat(60)}\n yyyyyyy`],
    [
      `Subject: ${"x".repeat(60)}   ${"y".repeat(90)} z`,
      `Subject: ${"x".repeat(60)}\n   ${"y".repeat(90)}\n z`,
    ],
    [`Subject: ${"x".repeat(68)}`, `Subject:\n ${"x".repeat(68)}`],
    [`S: a${" ".repeat(100)}b ${"c".repeat(70)}`, `S: a\n${" ".repeat(100)}b\n ${"c".repeat(70)}`],
  ])("%j is %j", (line, folded) => {
    expect(foldHeader(line)).toBe(folded);
  });

  test("unfolds to what it was, and has no line that is blank or could be shorter", () => {
    fc.assert(
      fc.property(field, (line) => {
        const lines = foldHeader(line).split("\n");
        expect(lines.join("")).toBe(line);
        for (const [index, one] of lines.entries()) {
          expect(one).toMatch(index === 0 ? /^[^ ]/ : /^ .*[^ ]$/);
          expect(one.length <= 76 || /^ *[^ ]+$/.test(one)).toBe(true);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  test("takes time in proportion to its length", () => {
    const started = performance.now();
    foldHeader(`To: ${"a ".repeat(200_000)}b`);
    foldHeader(`To: a${" ".repeat(400_000)}b`);
    foldHeader(`To: ${"a".repeat(400_000)}b`);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
