import { expect, test } from "vitest";
import { createConcurrency } from "./create-concurrency.js";

const after = (count: number, act: () => void) => {
  for (let index = 0; index < count; index += 1) act();
};

test("begins at the maximum and never exceeds it", () => {
  const concurrency = createConcurrency(5, () => 0);
  after(10_000, concurrency.grow);
  expect(concurrency.limit()).toBe(5);
});

test("shrinks to what it is told, never below one and never upwards", () => {
  const concurrency = createConcurrency(8, () => 0);
  for (const [to, limit] of [
    [4, 4],
    [6, 4],
    [0, 1],
  ] as const) {
    concurrency.shrinkTo(to);
    expect(concurrency.limit()).toBe(limit);
  }
});

test("takes refusals that come together for one", () => {
  let time = 0;
  const concurrency = createConcurrency(8, () => time);
  for (let refusal = 0; refusal < 5; refusal += 1) concurrency.halve();
  expect(concurrency.limit()).toBe(4);
  time += 1_001;
  concurrency.halve();
  expect(concurrency.limit()).toBe(2);
});

test("grows again one by one, after each refusal more slowly", () => {
  const concurrency = createConcurrency(3, () => 0);
  const messagesUntilGrowth = () => {
    const before = concurrency.limit();
    let messages = 0;
    for (; concurrency.limit() === before; messages += 1) concurrency.grow();
    return messages;
  };
  concurrency.shrinkTo(1);
  const first = messagesUntilGrowth();
  expect(concurrency.limit()).toBe(2);
  concurrency.shrinkTo(1);
  expect(messagesUntilGrowth()).toBe(first * 2);
});
