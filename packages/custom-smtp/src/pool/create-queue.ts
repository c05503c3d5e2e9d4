import type { Delivery } from "./delivery.js";

/** Deliveries in the order in which they came. Those that have settled meanwhile are passed over. */
export interface Queue {
  size(): number;
  add(delivery: Delivery): void;
  /** To the front. */
  putBack(delivery: Delivery): void;
  take(): Delivery | undefined;
  /** For one that waits and has just settled. */
  forget(delivery: Delivery): void;
}

/** An array is compacted when more of it is passed than waits. */
const smallest = 1_024;

export function createQueue(): Queue {
  let waiting: (Delivery | undefined)[] = [];
  let first = 0;
  let size = 0;
  return {
    size: () => size,
    add(delivery) {
      waiting.push(delivery);
      delivery.isQueued = true;
      size += 1;
    },
    putBack(delivery) {
      if (first > 0) waiting[--first] = delivery;
      else waiting.unshift(delivery);
      delivery.isQueued = true;
      size += 1;
    },
    take() {
      while (first < waiting.length) {
        const delivery = waiting[first];
        waiting[first] = undefined;
        first += 1;
        if (first > smallest && first * 2 > waiting.length) {
          waiting = waiting.slice(first);
          first = 0;
        }
        if (!delivery?.isQueued) continue;
        delivery.isQueued = false;
        size -= 1;
        return delivery;
      }
      waiting = [];
      first = 0;
      return undefined;
    },
    forget(delivery) {
      if (!delivery.isQueued) return;
      delivery.isQueued = false;
      size -= 1;
    },
  };
}
