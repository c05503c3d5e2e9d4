import { toIssuePath } from "../errors/to-issue-path.js";
import type { InputReader } from "./create-input-reader.js";

/** A copy of JSON-like data, own and frozen; reports anything else, `__proto__` as a key, and depth over 16. */
export function copyPlainData(reader: InputReader, value: unknown, path: string, depth = 0): unknown {
  if (value === null || /^(?:string|number|boolean|undefined)$/.test(typeof value)) return value;
  const isPlain = Array.isArray(value) || Object.prototype.toString.call(value) === "[object Object]";
  if (!isPlain || depth > 16)
    return reader.report(path, "Must be plain data, nested at most 16 levels deep.");
  if (Array.isArray(value)) {
    return value.map((item, index) => copyPlainData(reader, item, `${path}[${index}]`, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(reader.record(value, path) ?? {}).map(([key, item]) => {
      if (key === "__proto__") reader.report(toIssuePath(path, key), "Unknown field.");
      return [key, copyPlainData(reader, item, toIssuePath(path, key), depth + 1)];
    }),
  );
}
