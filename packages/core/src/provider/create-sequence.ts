/** Items that are numbered as they come, from 0, until they are taken out. */
export interface Sequence<T> {
  add(item: T): void;
  get(number: number): T | undefined;
  /** Out of the sequence. */
  take(number: number): T | undefined;
  /** The one that has been here for the longest time. */
  first(): T | undefined;
  /** Of those that are here, in order. */
  numbers(): number[];
}

/** The array is compacted when more of it is passed than in use. */
const smallest = 1_024;

/**
 * For items that come and go by the million, roughly in order. A Map does not fit: now and then it makes a new table, which
 * the engine keeps linked to the old ones and to all they held, so that what lives shortly is collected late.
 */
export function createSequence<T>(): Sequence<T> {
  let slots: ({ readonly item: T } | undefined)[] = [];
  /** The number of the first slot, and the first slot in use. */
  let offset = 0;
  let start = 0;
  return {
    add(item) {
      slots.push({ item });
    },
    get: (number) => slots[number - offset]?.item,
    take(number) {
      const slot = slots[number - offset];
      if (slot === undefined) return undefined;
      slots[number - offset] = undefined;
      while (start < slots.length && slots[start] === undefined) start += 1;
      if (start > smallest && start * 2 > slots.length) {
        slots = slots.slice(start);
        offset += start;
        start = 0;
      }
      return slot.item;
    },
    first: () => slots[start]?.item,
    numbers: () => slots.flatMap((slot, index) => (slot ? [offset + index] : [])),
  };
}
