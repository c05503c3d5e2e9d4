import { expect, test } from "vitest";
import { createSequence } from "./create-sequence.js";

test("items are numbered as they come, and are found until they are taken out", () => {
  const sequence = createSequence<{ name: string }>();
  const [a, b, c] = [{ name: "a" }, { name: "b" }, { name: "c" }];
  for (const item of [a, b, c]) sequence.add(item);
  expect(sequence.first()).toBe(a);
  expect(sequence.take(1)).toBe(b);
  expect(sequence.take(1)).toBeUndefined();
  expect(sequence.get(1)).toBeUndefined();
  expect(sequence.numbers()).toEqual([0, 2]);
  expect(sequence.take(0)).toBe(a);
  expect(sequence.first()).toBe(c);
  expect(sequence.get(2)).toBe(c);
});

test.each([-1, 3, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER])("nothing has the number %d", (number) => {
  const sequence = createSequence<{ name: string }>();
  for (const name of ["a", "b", "c"]) sequence.add({ name });
  expect(sequence.take(number)).toBeUndefined();
  expect(sequence.numbers()).toEqual([0, 1, 2]);
});

test("agrees with a Map over a hundred thousand items that leave out of order", () => {
  const sequence = createSequence<object>();
  const map = new Map<number, object>();
  let seed = 1;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let number = 0; number < 100_000; number++) {
    const item = { number };
    sequence.add(item);
    map.set(number, item);
    // One in ten thousand stays for long.
    while (map.size > 20) {
      const keys = [...map.keys()];
      const key = keys[random(keys.length)] ?? 0;
      if (key % 10_000 === 0 && number < key + 5_000) break;
      expect(sequence.take(key)).toBe(map.get(key));
      map.delete(key);
    }
    if (number % 1_000 === 0) {
      expect(sequence.numbers()).toEqual([...map.keys()]);
      expect(sequence.first()).toBe(map.values().next().value);
    }
  }
});
