import { expect, test } from "vitest";
import { toFigure, toMegabytes, toRatio, toRatioSpread } from "./format.js";

test.each([
  [0, "0"],
  [0.0451, "0.0451"],
  [0.123456, "0.123"],
  [4.5123, "4.51"],
  [45.123, "45.1"],
  [451.23, "451"],
  [45_123.4, "45123"],
])("%d is written %s", (value, text) => {
  expect(toFigure(value)).toBe(text);
});

test("ratios are multiples, to smtp-source percent", () => {
  expect(toRatio("upyo", 1.504)).toBe("1.50x");
  expect(toRatio("smtp-source", 0.678)).toBe("68 %");
  const spread = { median: 0.5, minimum: 0.25, maximum: 0.75 };
  expect(toRatioSpread("upyo", spread)).toBe("0.50x (0.25 to 0.75)");
  expect(toRatioSpread("smtp-source", spread)).toBe("50 % (25 to 75)");
});

test("megabytes are those of the SI", () => {
  expect(toMegabytes(123_456_789)).toBe("123");
});
