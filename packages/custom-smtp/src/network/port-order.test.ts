import { expect, test } from "vitest";
import { createPortOrder } from "./port-order.js";

test("a port that was reached comes first from then on, and the others keep their order", () => {
  const order = createPortOrder([587, 2525, 25]);
  expect(order.ports).toEqual([587, 2525, 25]);
  order.onReached(25);
  expect(order.ports).toEqual([25, 587, 2525]);
  order.onReached(2525);
  expect(order.ports).toEqual([2525, 587, 25]);
  order.onReached(2525);
  expect(order.ports).toEqual([2525, 587, 25]);
});
