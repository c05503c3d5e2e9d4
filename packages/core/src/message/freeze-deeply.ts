/** Freezes what is plain; views of bytes cannot be frozen and are left. */
export function freezeDeeply<T>(value: T): T {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  for (const member of Object.values(value)) {
    if (typeof member === "object") freezeDeeply(member);
  }
  return Object.freeze(value);
}
