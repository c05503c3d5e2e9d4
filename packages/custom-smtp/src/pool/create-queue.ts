import type { Delivery } from "./delivery.js";

/** Deliveries in the order in which they came. */
export interface Queue {
  size(): number;
  has(delivery: Delivery): boolean;
  add(delivery: Delivery): void;
  /** To the front. */
  putBack(delivery: Delivery): void;
  take(): Delivery | undefined;
  remove(delivery: Delivery): void;
}

export function createQueue(): Queue {
  const returned: Delivery[] = [];
  // A set keeps the order, and lets any of thousands leave at once.
  const waiting = new Set<Delivery>();
  return {
    size: () => returned.length + waiting.size,
    has: (delivery) => waiting.has(delivery) || returned.includes(delivery),
    add: (delivery) => waiting.add(delivery),
    putBack: (delivery) => returned.unshift(delivery),
    take() {
      const first = returned.shift();
      if (first) return first;
      for (const delivery of waiting) {
        waiting.delete(delivery);
        return delivery;
      }
      return undefined;
    },
    remove(delivery) {
      waiting.delete(delivery);
      const place = returned.indexOf(delivery);
      if (place >= 0) returned.splice(place, 1);
    },
  };
}
