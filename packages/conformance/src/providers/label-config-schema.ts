import type { ConfigSchema, SchemaIssue } from "@getfluxly/email-core";

export interface LabelConfig {
  /** Names this one among several; part of the relay message ids in its receipts. */
  readonly label?: string | undefined;
}

const maxLength = 100;

/** A Standard Schema by hand, which also shows that a connector needs no validator for a small config. */
export const labelConfigSchema: ConfigSchema<LabelConfig> = {
  "~standard": {
    version: 1,
    vendor: "getfluxly",
    validate: (value) => {
      const issues = findIssues(value);
      return issues.length > 0 ? { issues } : { value: { label: labelOf(value) } };
    },
    jsonSchema: {
      input: () => ({
        $schema: "https://json-schema.org/draft/2020-12/schema",
        type: "object",
        properties: { label: { type: "string", title: "Label", minLength: 1, maxLength } },
        additionalProperties: false,
      }),
    },
  },
};

function findIssues(value: unknown): SchemaIssue[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [{ message: "Must be an object." }];
  }
  const unknown = Object.keys(value).filter((key) => key !== "label");
  const label = "label" in value ? value.label : undefined;
  const labelIsFine =
    label === undefined || (typeof label === "string" && label.length >= 1 && label.length <= maxLength);
  return [
    ...unknown.map((key) => ({ message: "Unknown setting.", path: [key] })),
    ...(labelIsFine
      ? []
      : [{ message: `Must be a string of 1 to ${maxLength} characters.`, path: ["label"] }]),
  ];
}

function labelOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("label" in value)) return undefined;
  return typeof value.label === "string" ? value.label : undefined;
}
