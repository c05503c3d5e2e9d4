import { printForm } from "../config/print-form.js";
import type { AnyProviderDefinition, ConfigSchema, ReservedField } from "../contract/index.js";
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
  const { id, displayName, configSchema, secretFields, capabilities, webhook } = definition;
  const hasSchema = isSchema(configSchema);
  const fields = hasSchema ? listFields(JSON.parse(printForm(configSchema))) : [];
  const rules: Readonly<Partial<Record<keyof AnyProviderDefinition, unknown>>> = {
    id: typeof id === "string" && /^[a-z\d]+(?:[.-][a-z\d]+)*$/.test(id),
    displayName,
    create: typeof definition.create === "function",
    configSchema: hasSchema && !reservedFields.some((name) => fields.includes(name)),
    secretFields:
      Array.isArray(secretFields) && (!fields[0] || secretFields.every((name) => fields.includes(name))),
    capabilities,
    webhook: !webhook || (isSchema(webhook.configSchema) && webhook.load),
  };
  const issues = Object.entries(rules).flatMap(([path, holds]) =>
    holds ? [] : [{ path, message: "Missing, or not as the contract has it." }],
  );
  if (issues.length > 0) throw createIssuesError("definition-invalid", "load", `definition ${id}`, issues);
}

function isSchema(schema: ConfigSchema | undefined): boolean {
  const { validate, jsonSchema } = Object(schema?.["~standard"]);
  return !!validate && !!jsonSchema?.input;
}

/** Top-level names of a printed schema, in every member of a union. */
function listFields({ properties, anyOf = [], oneOf = [], allOf = [] }: PrintedSchema): string[] {
  return [...Object.keys(properties ?? {}), ...[...anyOf, ...oneOf, ...allOf].flatMap(listFields)];
}

interface PrintedSchema {
  readonly properties?: object;
  readonly anyOf?: readonly PrintedSchema[];
  readonly oneOf?: readonly PrintedSchema[];
  readonly allOf?: readonly PrintedSchema[];
}
