import type { AnyProviderDefinition, ProviderDescription } from "../contract/index.js";
import { printForm } from "./print-form.js";

/** What a settings page needs to draw a form; the schema's own object is left as it is. */
export function describeProvider(definition: AnyProviderDefinition): ProviderDescription {
  const { id, displayName, documentationUrl, configSchema, secretFields, capabilities } = definition;
  const isSecret = (name: string) => secretFields.includes(name);
  const isSample = (keyword: string) => /^(?:default|examples?)$/.test(keyword);
  const form: Record<string, unknown> = JSON.parse(printForm(configSchema), (keyword, value) => {
    // A default of the whole object holds defaults of its secrets.
    if (isSample(keyword)) return withoutKeys(value, isSecret);
    if (keyword === "properties") {
      for (const name of Object.keys(value).filter(isSecret)) {
        value[name] = { ...withoutKeys(value[name], isSample), writeOnly: true, format: "password" };
      }
    }
    return value;
  });
  return { id, displayName, documentationUrl, form, secretFields, capabilities };
}

function withoutKeys(value: object, isDropped: (key: string) => boolean): object {
  return JSON.parse(JSON.stringify(value, (key, item) => (isDropped(key) ? undefined : item)));
}
