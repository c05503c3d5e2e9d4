/** What is under way, in no order. */
export interface Bag<T> {
  /** The result takes it out again. */
  add(item: T): () => void;
  items(): T[];
}

/**
 * For items that come and go by the million: unlike a Set, it makes no new table now and then that the engine keeps linked
 * to the old one, which would make every collection of short-lived objects long.
 */
export function createBag<T>(): Bag<T> {
  const slots: ({ readonly item: T } | undefined)[] = [];
  const free: number[] = [];
  return {
    add(item) {
      const index = free.pop() ?? slots.length;
      slots[index] = { item };
      return () => {
        if (slots[index]?.item !== item) return;
        slots[index] = undefined;
        free.push(index);
      };
    },
    items: () => slots.flatMap((slot) => (slot ? [slot.item] : [])),
  };
}
