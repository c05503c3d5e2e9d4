/** `["to", 0, "address"]` as `to[0].address`. */
export function toIssuePath(keys: readonly PropertyKey[]): string {
  return keys
    .map((key, index) => {
      if (typeof key === "number") return `[${key}]`;
      return index === 0 ? String(key) : `.${String(key)}`;
    })
    .join("");
}
