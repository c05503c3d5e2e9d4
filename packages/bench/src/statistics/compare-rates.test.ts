import { expect, test } from "vitest";
import { compareRates } from "./compare-rates.js";

test("takes the ratio within each round, then the median of the ratios", () => {
  // The machine was half as fast in the second round: the ratio of the medians would be 4.
  expect(compareRates([400, 200, 600], [100, 50, 100])).toEqual({ median: 4, minimum: 4, maximum: 6 });
  expect(compareRates([100, 90, 10], [10, 100, 20])).toEqual({ median: 0.9, minimum: 0.5, maximum: 10 });
});

test("refuses rounds that have no partner", () => {
  expect(() => compareRates([1, 2], [1])).toThrow("the same number of rounds");
});
