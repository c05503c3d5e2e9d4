import { expect, test } from "vitest";
import { median } from "./median.js";

test.each([
  [[3], 3],
  [[3, 1, 2], 2],
  [[10, 9, 100], 10],
  [[4, 1, 3, 2], 2.5],
])("the median of %j is %d", (values, expected) => {
  expect(median(values)).toBe(expected);
});

test("leaves the order of its input alone", () => {
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
});

test("nothing has no median", () => {
  expect(() => median([])).toThrow("no values");
});
