import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toTextLines } from "./to-text-lines.js";
import type { WireLines } from "./wire-lines.js";

const text = fc.string({
  unit: fc.constantFrom("\n", "\n.", ".", "a", "=", "x".repeat(60), "x".repeat(900)),
  maxLength: 40,
});

/** The definition, to compare with. */
const wireOf = (lines: string) => lines.replaceAll("\n", "\r\n").replace(/^\./gm, "..");

/** Between marks, which shows what is written beyond the ends. */
function written(lines: WireLines): string {
  const target = Buffer.alloc(lines.length + 2, "#");
  lines.write(target, 1);
  expect(target[0]).toBe(target.at(-1));
  return target.toString("latin1", 1, lines.length + 1);
}

describe("lines of text on the wire", () => {
  test.each(["", "a", ".", "\n", ".\n", "\n.", "a\n.\nb\n", "..\n\n..", "\n\n\n"])("%j", (lines) => {
    expect(written(toTextLines(lines))).toBe(wireOf(lines));
  });

  test("have CRLF, doubled dots, and a size that counts none of these", () => {
    fc.assert(
      fc.property(text, (lines) => {
        const { size } = toTextLines(lines);
        expect(written(toTextLines(lines))).toBe(wireOf(lines));
        expect(size).toBe(lines.replaceAll("\n", "\r\n").length);
      }),
      { numRuns: 5_000 },
    );
  });

  test("are the same in slices, each of which begins a line", () => {
    const long = fc
      .tuple(text, fc.integer({ min: 500, max: 3_000 }))
      .map(([part, times]) => `${part}\n.`.repeat(times));
    fc.assert(
      fc.property(long, (lines) => {
        const slices = [...toTextLines(lines).slices()].map(written);
        expect(slices.join("") === wireOf(lines)).toBe(true);
        expect(Math.max(...slices.map((slice) => slice.length))).toBeLessThan(200_000);
        expect(slices.slice(0, -1).every((slice) => slice.endsWith("\r\n"))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
