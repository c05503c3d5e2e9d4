import type { ConfigSchema } from "../contract/index.js";

/** A schema's input as JSON Schema, as text: so that nobody writes to the schema's own object. */
export function printForm(schema: ConfigSchema): string {
  return JSON.stringify(schema["~standard"].jsonSchema.input({ target: "draft-2020-12" }));
}
