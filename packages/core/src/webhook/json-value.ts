/** An object out of JSON, its values not yet looked at. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An own member; undefined for what is only inherited, so that a relay cannot name `constructor`. */
export function memberOf<Value>(object: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A text that says something, or a number as text; undefined for anything else, the empty text included. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The texts of a list, or of a single text; empty for anything else. */
export function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(textOf).filter((text) => text !== undefined);
  const text = textOf(value);
  return text === undefined ? [] : [text];
}
