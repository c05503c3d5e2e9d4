import { isJsonObject, textOf } from "@getfluxly/email-core/webhook";

/** Names and values, from an object (now) or from a list of `{ name, value }` (older payloads). */
export function toPairs(value: unknown): (readonly [name: string, value: unknown])[] {
  if (isJsonObject(value)) return Object.entries(value);
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    const name = isJsonObject(item) ? textOf(item.name) : undefined;
    return name === undefined ? [] : [[name, isJsonObject(item) ? item.value : undefined] as const];
  });
}
