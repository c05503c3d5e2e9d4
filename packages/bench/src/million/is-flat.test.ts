import { expect, test } from "vitest";
import type { MemorySample } from "../clients/client-task.js";
import { isFlat } from "./is-flat.js";

/** A million messages in 100 samples. The heap goes up and down between collections. */
const samplesOf = (rss: (part: number) => number, heap: (part: number) => number): MemorySample[] =>
  Array.from({ length: 100 }, (_, index) => ({
    ...{ atSeconds: index, messages: index * 10_000 },
    rssBytes: rss(index / 100) * 1e6,
    heapUsedBytes: (heap(index / 100) + (index % 10)) * 1e6,
  }));
const growing = (part: number) => (part < 0.2 ? 50 + 250 * part : 100);

test("growing to its working size is no leak", () => {
  expect(isFlat(samplesOf(growing, () => 15))).toBe(true);
});

test("a leak shows in the resident memory", () => {
  expect(
    isFlat(
      samplesOf(
        (part) => 100 + 60 * part,
        () => 15,
      ),
    ),
  ).toBe(false);
});

test("a small leak, 20 bytes a message, shows in the heap", () => {
  expect(isFlat(samplesOf(growing, (part) => 15 + 20 * part))).toBe(false);
});

test("a single spike is none", () => {
  const samples = samplesOf(growing, () => 15);
  samples[90] = { ...(samples[90] as MemorySample), rssBytes: 400e6 };
  expect(isFlat(samples)).toBe(true);
});

test("needs something to look at", () => {
  expect(() => isFlat(samplesOf(growing, () => 15).slice(0, 8))).toThrow("too few");
});
