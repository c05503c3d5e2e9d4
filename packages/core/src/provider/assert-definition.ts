import { printForm } from "../config/print-form.js";
import type { AnyProviderDefinition, ReservedField } from "../contract/index.js";
import { createIssuesError } from "../errors/create-issues-error.js";

const reservedFields: readonly ReservedField[] = [
  "provider",
  "display_name",
  "from_email",
  "from_name",
  "reply_to",
];

/** Throws `definition-invalid` with all that is wrong in the parts that the SDK itself relies on. */
export function assertDefinition(value: unknown): asserts value is AnyProviderDefinition {
  const definition: AnyProviderDefinition = Object(value);
  const { specificationVersion, id, displayName, create, secretFields, capabilities, webhook } = definition;
  const fields = listFields(definition);
  const rules = {
    specificationVersion,
    id: typeof id === "string" && /^[a-z\d]+(?:[.-][a-z\d]+)*$/.test(id),
    displayName,
    create: typeof create === "function",
    configSchema: fields && !reservedFields.some((name) => fields.includes(name)),
    secretFields:
      Array.isArray(secretFields) && (!fields?.[0] || secretFields.every((name) => fields.includes(name))),
    capabilities,
    webhook: !webhook || (webhook.configSchema && webhook.load),
  };
  const issues = Object.entries(rules).flatMap(([path, holds]) =>
    holds ? [] : [{ path: `${id}.${path}`, message: "Missing or invalid." }],
  );
  if (issues[0]) throw createIssuesError("definition-invalid", "load", issues);
}

/** The names of the config's fields, in every member of a union. Undefined if the schema is not one that prints. */
function listFields({ configSchema }: AnyProviderDefinition): string[] | undefined {
  try {
    const form: PrintedSchema = JSON.parse(printForm(configSchema));
    const members = [form, ...(form.anyOf ?? []), ...(form.oneOf ?? [])];
    return members.flatMap(({ properties }) => Object.keys(properties ?? {}));
  } catch {
    return undefined;
  }
}

interface PrintedSchema {
  readonly properties?: object;
  readonly anyOf?: readonly PrintedSchema[];
  readonly oneOf?: readonly PrintedSchema[];
}
