import { expect, test } from "vitest";
import { measureWebhooks } from "./measure-webhooks.js";

test("all readers get the same octets, and are compared with the first within each round", async () => {
  const report = await measureWebhooks(10, { rounds: 2, repetitions: 3 });
  expect(report).toMatchObject({ events: 10, rounds: 2, bytes: expect.any(Number) });
  expect(report.bytes).toBeGreaterThan(3_000);
  expect(report.readers.map(({ events }) => events)).toEqual([10, 10, 0, 7, 7]);
  expect(report.readers[0]?.ratio).toEqual({ median: 1, minimum: 1, maximum: 1 });
  for (const { milliseconds, ratio } of report.readers) {
    expect(milliseconds.minimum).toBeGreaterThan(0);
    expect(ratio.minimum).toBeLessThanOrEqual(ratio.median);
  }
});
