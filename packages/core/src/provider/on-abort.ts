import { type Bag, createBag } from "./create-bag.js";

const callbacks = new WeakMap<AbortSignal, Bag<() => void>>();

/**
 * Calls back when the signal fires; the result takes the callback away again. One listener serves all callbacks of a
 * signal: a listener for each of a million messages is slow, and Node keeps removed ones linked to those that came later.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  let bag = callbacks.get(signal);
  if (!bag) {
    const { add, items } = createBag<() => void>();
    bag = { add, items };
    callbacks.set(signal, bag);
    signal.addEventListener("abort", () => {
      for (const call of items()) call();
    });
  }
  return bag.add(callback);
}
