/** Values whose keys are somebody else's: a sender's metadata, the fields of a form. */
const foreign: readonly string[] = ["metadata", "set"];

/** The keys of the SDK in the spelling of HTTP bodies; absent members are left out. */
export function toSnakeCase(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.map(([key, member]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      foreign.includes(key) ? member : convert(member),
    ]),
  );
}

function convert(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convert);
  return typeof value === "object" && value !== null ? toSnakeCase({ ...value }) : value;
}
