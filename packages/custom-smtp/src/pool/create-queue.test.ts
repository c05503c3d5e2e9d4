import fc from "fast-check";
import { expect, test } from "vitest";
import { toConsignment } from "../__fixtures__/deliver.js";
import { createQueue } from "./create-queue.js";
import { createDelivery, type Delivery } from "./delivery.js";

const create = () => createDelivery(toConsignment({}), () => undefined);

test("behaves like a list, whatever is added, put back, taken and forgotten", () => {
  const action = fc.constantFrom("add", "add", "add", "take", "take", "put-back", "forget");
  fc.assert(
    fc.property(fc.array(action, { maxLength: 300 }), (actions) => {
      const queue = createQueue();
      const model: Delivery[] = [];
      for (const [index, name] of actions.entries()) {
        const delivery = create();
        if (name === "add") {
          queue.add(delivery);
          model.push(delivery);
        } else if (name === "put-back") {
          queue.putBack(delivery);
          model.unshift(delivery);
        } else if (name === "take") {
          expect(queue.take()).toBe(model.shift());
        } else {
          const [leaving] = model.splice(index % Math.max(1, model.length), 1);
          if (leaving) queue.forget(leaving);
        }
        expect(queue.size()).toBe(model.length);
      }
    }),
  );
});

test("keeps the order of thousands", () => {
  const queue = createQueue();
  const deliveries = Array.from({ length: 5_000 }, create);
  for (const delivery of deliveries) queue.add(delivery);
  for (const delivery of deliveries) expect(queue.take()).toBe(delivery);
  expect(queue.take()).toBeUndefined();
});
