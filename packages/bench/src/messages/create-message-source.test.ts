import { expect, test } from "vitest";
import { type Budget, createMessageSource } from "./create-message-source.js";

/** Takes everything, each message being under way for so many milliseconds. */
function take(budget: Budget, stepMs = 1) {
  let clock = 1000;
  const told: number[] = [];
  const source = createMessageSource({
    ...{ kind: "2KB", budget, first: 5, now: () => clock },
    onTaken: (sequence) => told.push(sequence),
  });
  const taken: number[] = [];
  for (const { sequence } of source) {
    taken.push(sequence);
    clock += stepMs;
  }
  return { taken, told };
}

test("counts from its first number", () => {
  expect(take({ messages: 3 })).toEqual({ taken: [5, 6, 7], told: [5, 6, 7] });
});

test("ends when the time is over", () => {
  expect(take({ ms: 10, minimum: 0 }, 4).taken).toHaveLength(3);
});

test("goes on beyond the time to its minimum", () => {
  expect(take({ ms: 10, minimum: 8 }, 4).taken).toHaveLength(8);
});
