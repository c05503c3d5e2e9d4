import type { AnyProviderDefinition, ProviderDescription } from "../contract/index.js";
import { printForm } from "./print-form.js";

/** What a settings page needs to draw a form; the schema's own object is left as it is. */
export function describeProvider(definition: AnyProviderDefinition): ProviderDescription {
  const { id, displayName, documentationUrl, configSchema, secretFields, capabilities } = definition;
  const form: Record<string, unknown> = JSON.parse(printForm(configSchema));
  markSecrets(form, secretFields, false);
  return {
    id,
    displayName,
    ...(documentationUrl && { documentationUrl }),
    form,
    secretFields,
    capabilities,
  };
}

function markSecrets(schema: object, secretFields: readonly string[], isSecret: boolean): void {
  for (const [keyword, value] of Object.entries(schema)) {
    if (/^(?:default|examples?)$/.test(keyword)) {
      // A default of the whole object holds defaults of its secrets.
      const isKept = (key: string) => !isSecret && !secretFields.includes(key);
      const kept = JSON.stringify({ value }, (key, item) => (isKept(key) ? item : undefined)) ?? "{}";
      Object.assign(schema, { [keyword]: JSON.parse(kept).value });
    }
    if (typeof value !== "object" || value === null) continue;
    if (keyword !== "properties") markSecrets(value, secretFields, isSecret);
    else {
      for (const [name, field] of Object.entries<object>(value)) {
        const isSecretField = isSecret || secretFields.includes(name);
        markSecrets(field, secretFields, isSecretField);
        if (isSecretField) Object.assign(field, { writeOnly: true, format: "password" });
      }
    }
  }
}
