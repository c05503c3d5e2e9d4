import fc from "fast-check";
import { expect, test } from "vitest";
import { toRelayFields } from "../compose/to-relay-fields.js";
import { findHeaderFaults } from "./find-header-faults.js";
import { toJsonHeader } from "./to-json-header.js";

const line = fc.string({ unit: "binary", maxLength: 120 });
const value = fc.dictionary(
  line,
  fc.oneof(line, fc.array(line, { maxLength: 5 }), fc.integer(), fc.boolean()),
);

/** Some readers put one blank in place of a line end and the blanks after it, others take out the line end alone. */
const unfolders = [
  (text: string) => text.replace(/\n(?= )/g, ""),
  (text: string) => text.replace(/\n +/g, " "),
];

test("whatever it holds, a header of JSON reads back as it was, or is refused", () => {
  let written = 0;
  fc.assert(
    fc.property(value, (given) => {
      const header = ["X-Data", toJsonHeader(given)] as const;
      if (findHeaderFaults([header]).length > 0) return;
      written += 1;
      const field = toRelayFields([header]);
      expect(field).toMatch(/^X-Data: [ -~\n]+\n$/);
      expect(field).not.toMatch(/=\?|\n[^ ]./);
      for (const part of field.split("\n")) expect(part.length).toBeLessThanOrEqual(998);
      for (const unfold of unfolders) {
        expect(JSON.parse(unfold(field.trimEnd()).slice("X-Data: ".length))).toEqual(given);
      }
    }),
    { numRuns: 2_000 },
  );
  expect(written).toBeGreaterThan(1_500);
});

test("a text that no line can hold is refused", () => {
  expect(findHeaderFaults([["X-Data", toJsonHeader({ a: "世".repeat(200) })]])).toEqual([
    "The header X-Data has a word longer than a line.",
  ]);
});

test("blanks stand between members only", () => {
  const header = toJsonHeader({ a: "x y", "k k": ["é", "=?UTF-8?Q?x?=", 'q"\\'], n: 1, t: true, z: null });
  expect(header).toMatch(/^[!-~ ]+$/);
  expect(header.split(" ").every((piece) => /[,:{[]$|[}\]]$/.test(piece))).toBe(true);
});
