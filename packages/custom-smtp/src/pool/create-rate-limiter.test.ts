import fc from "fast-check";
import { expect, test } from "vitest";
import { createRateLimiter } from "./create-rate-limiter.js";

test("without a rate there is nothing to wait for", () => {
  const limiter = createRateLimiter(undefined);
  for (let use = 0; use < 1_000; use += 1) limiter.use();
  expect(limiter.waitMs()).toBe(0);
});

test("never lets more than the rate through in any span of time", () => {
  const gaps = fc.array(fc.nat({ max: 400 }), { maxLength: 200 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 }), gaps, (messages, waits) => {
      let time = 0;
      const limiter = createRateLimiter({ messages, perMs: 1_000 }, () => time);
      const left: number[] = [];
      for (const gap of waits) {
        time += gap;
        if (limiter.waitMs() > 0) continue;
        limiter.use();
        left.push(time);
      }
      return left.every((start) => left.filter((it) => it >= start && it < start + 1_000).length <= messages);
    }),
  );
});

test("lets the next one through exactly when the oldest has left the span", () => {
  let time = 0;
  const limiter = createRateLimiter({ messages: 2, perMs: 1_000 }, () => time);
  limiter.use();
  time = 300;
  expect(limiter.waitMs()).toBe(0);
  limiter.use();
  expect(limiter.waitMs()).toBe(700);
  time = 1_000;
  expect(limiter.waitMs()).toBe(0);
});
