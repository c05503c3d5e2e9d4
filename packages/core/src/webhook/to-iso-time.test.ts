import { expect, test } from "vitest";
import { secondsToIsoTime, toIsoTime } from "./to-iso-time.js";

test.each([
  ["2031-03-04T05:06:07.1234567-04:00", "2031-03-04T09:06:07.123Z"],
  ["2031-03-04T05:06:07.9999999Z", "2031-03-04T05:06:07.999Z"],
  ["2031-03-04T05:06:07.5Z", "2031-03-04T05:06:07.500Z"],
  ["2031-03-04 05:06:07.126+00", "2031-03-04T05:06:07.126Z"],
  ["2031-03-04 05:06:07 UTC", "2031-03-04T05:06:07.000Z"],
  ["2031-03-04T05:06Z", "2031-03-04T05:06:00.000Z"],
  ["2031-03-04T05:06:07+0530", "2031-03-03T23:36:07.000Z"],
  ["2031-03-04T05:06:07", null],
  ["yesterday", null],
  ["2031-13-04T05:06:07Z", null],
  ["", null],
  [null, null],
  [1931058367, null],
  [{}, null],
])("%j is %s", (value, expected) => {
  expect(toIsoTime(value)).toBe(expected);
});

test("a text without a zone means what the relay says it means", () => {
  expect(toIsoTime("2031-03-04 05:06:07", "Z")).toBe("2031-03-04T05:06:07.000Z");
  expect(toIsoTime("2031-03-04T05:06:07+01:00", "Z")).toBe("2031-03-04T04:06:07.000Z");
});

test.each([
  [1931058367, "2031-03-12T05:06:07.000Z"],
  ["1931058367", "2031-03-12T05:06:07.000Z"],
  [1931058367.375, "2031-03-12T05:06:07.375Z"],
  [1931058367.001, "2031-03-12T05:06:07.001Z"],
  ["1931058367.9999", "2031-03-12T05:06:07.999Z"],
  ["NaN", null],
  ["invalid", null],
  ["", null],
  [0, null],
  [-1, null],
  [Number.NaN, null],
  [1e300, null],
  [true, null],
])("%j seconds are %s", (value, expected) => {
  expect(secondsToIsoTime(value)).toBe(expected);
});
