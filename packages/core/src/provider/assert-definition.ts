import { printForm } from "../config/print-form.js";
import type { AnyProviderDefinition, ConfigSchema, Issue, ReservedField } from "../contract/index.js";
import { createIssuesError } from "../errors/create-issues-error.js";

const reservedFields: readonly ReservedField[] = [
  "provider",
  "display_name",
  "from_email",
  "from_name",
  "reply_to",
];

/** Throws `definition-invalid` with all that is wrong in the parts that the SDK itself relies on. */
export function assertDefinition(definition: unknown): asserts definition is AnyProviderDefinition {
  const {
    id,
    displayName,
    create,
    configSchema,
    secretFields,
    capabilities,
    webhook,
  }: Record<string, unknown> = Object(definition);
  const { configSchema: webhookSchema, load }: Record<string, unknown> = Object(webhook);
  const fields = isSchema(configSchema) ? listFields(JSON.parse(printForm(configSchema))) : [];
  const reserved = reservedFields.filter((name) => fields.includes(name));
  const checks: [path: string, holds: unknown, message: string][] = [
    [
      "id",
      typeof id === "string" && /^[a-z\d]+(?:[.-][a-z\d]+)*$/.test(id),
      "Must look like postmark or vendor.name.",
    ],
    ["displayName", typeof displayName === "string" && displayName, "Must be text."],
    ["create", typeof create === "function", "Must be a function."],
    ["configSchema", isSchema(configSchema), "Must be a Standard Schema that prints JSON Schema."],
    ["configSchema", reserved.length === 0, `Reserved field: ${reserved.join()}.`],
    [
      "secretFields",
      Array.isArray(secretFields) &&
        (fields.length === 0 || secretFields.every((name) => fields.includes(name))),
      "Must list fields of the schema.",
    ],
    ["capabilities", typeof capabilities === "object" && capabilities, "Must be an object."],
    [
      "webhook",
      webhook === undefined || (isSchema(webhookSchema) && typeof load === "function"),
      "Must have configSchema and load.",
    ],
  ];
  const issues = checks.flatMap(([path, holds, message]): Issue[] => (holds ? [] : [{ path, message }]));
  if (issues.length > 0) {
    throw createIssuesError(
      "definition-invalid",
      "load",
      `The definition of ${JSON.stringify(id)} is not valid`,
      issues,
    );
  }
}

function isSchema(value: unknown): value is ConfigSchema {
  const { validate, jsonSchema } = Object(Object(value)["~standard"]);
  return typeof validate === "function" && typeof Object(jsonSchema).input === "function";
}

/** Top-level names of a printed schema, in every member of a union. */
function listFields({ properties, anyOf, oneOf, allOf }: PrintedSchema): string[] {
  const members = [anyOf, oneOf, allOf].flatMap((list = []) => list);
  return [...Object.keys(properties ?? {}), ...members.flatMap(listFields)];
}

interface PrintedSchema {
  readonly properties?: object;
  readonly anyOf?: readonly PrintedSchema[];
  readonly oneOf?: readonly PrintedSchema[];
  readonly allOf?: readonly PrintedSchema[];
}
