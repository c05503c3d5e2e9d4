/** By its tag, because across realms (workers, test runners) `instanceof` fails. */
export function isBytes(value: unknown): value is Uint8Array {
  return Object.prototype.toString.call(value) === "[object Uint8Array]";
}
