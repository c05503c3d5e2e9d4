import { expect, test } from "vitest";
import { hasLongLine } from "./has-long-line.js";

const line = (length: number) => "x".repeat(length);

test.each([
  ["", false],
  [line(998), false],
  [line(999), true],
  [`${line(998)}\n`, false],
  [`${line(999)}\n`, true],
  [`${line(998)}\n${line(998)}\n${line(998)}`, false],
  [`${line(998)}\n${line(999)}\n`, true],
  [`${`${line(70)}\n`.repeat(100)}${line(999)}`, true],
  [`${`${line(70)}\n`.repeat(100)}${line(998)}\n${"\n".repeat(2_000)}`, false],
  [`a\n${line(999)}\na`, true],
])("%#", (text, expected) => {
  expect(hasLongLine(text)).toBe(expected);
});
