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

/**
 * For items that come and go by the million, roughly in order. A Map does not fit: now and then it makes a new table, which
 * the engine keeps linked to the old ones and to all they held, so that what lives shortly is collected late.
 */
export function createSequence<T extends object>(): Sequence<T> {
  /** From the first one that is here. */
  const slots: (T | undefined)[] = [];
  /** The number of the first slot. */
  let offset = 0;
  const get = (number: number) => slots[number - offset];
  return {
    add(item) {
      slots.push(item);
    },
    get,
    take(number) {
      const item = get(number);
      if (item) slots[number - offset] = undefined;
      for (; slots.length > 0 && !slots[0]; offset++) slots.shift();
      return item;
    },
    first: () => slots[0],
    numbers: () => slots.flatMap((item, index) => (item ? [offset + index] : [])),
  };
}
