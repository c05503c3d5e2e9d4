import type { ProviderDescription } from "@getfluxly/email-core";

type JsonSchema = Readonly<Record<string, unknown>>;

const address = { type: "string", format: "email", maxLength: 254 } as const;

const commonProperties = {
  display_name: {
    type: "string",
    title: "Name",
    description: "How this provider is called in lists.",
    minLength: 1,
    maxLength: 200,
  },
  from_email: { ...address, title: "From address", description: "Also the envelope sender." },
  from_name: { type: "string", title: "From name", minLength: 1, maxLength: 200 },
  reply_to: { ...address, title: "Reply-To address" },
  test_recipient: {
    ...address,
    title: "Test recipient",
    description: "If given, the relay is also asked whether it takes mail from this sender to this address.",
  },
} as const;

const commonRequired = ["provider", "display_name", "from_email"] as const;

/**
 * The whole body of `POST .../email-providers` for one connector as JSON Schema 2020-12: the common fields and the
 * connector's own, in one flat object. A schema of alternatives stays one, each with the common fields in it.
 */
export function toProviderForm({ id, displayName, form }: ProviderDescription): JsonSchema {
  const { $schema = "https://json-schema.org/draft/2020-12/schema", ...own } = form;
  return { $schema, title: displayName, ...addCommonFields(own, id) };
}

function addCommonFields(schema: JsonSchema, id: string): JsonSchema {
  for (const keyword of ["oneOf", "anyOf"]) {
    const members = schema[keyword];
    if (Array.isArray(members)) {
      return { ...schema, [keyword]: members.filter(isObject).map((member) => addCommonFields(member, id)) };
    }
  }
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  return {
    ...schema,
    type: "object",
    properties: { provider: { const: id }, ...commonProperties, ...properties },
    required: [...commonRequired, ...required],
  };
}

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === "object" && value !== null && !Array.isArray(value);
