import { isJsonObject } from "./json-value.js";

/**
 * What the sender attached, as texts (JSON for objects) in a map without prototype. `reserved` are the relay's own names,
 * which never become metadata. `__proto__` is left out: copied on by someone, it would become a prototype.
 */
export function toMetadata(value: unknown, reserved?: ReadonlySet<string>): Readonly<Record<string, string>> {
  const metadata: Record<string, string> = Object.create(null);
  if (!isJsonObject(value)) return metadata;
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (key === "__proto__" || member === null || member === undefined || reserved?.has(key)) continue;
    metadata[key] = typeof member === "object" ? JSON.stringify(member) : String(member);
  }
  return metadata;
}
