import { expect, test } from "vitest";
import * as z from "zod";
import { type ConfigSchema, defaultCapabilities } from "../contract/index.js";
import { describeProvider } from "./describe-provider.js";

const describeForm = (configSchema: ConfigSchema, secretFields: readonly string[]) =>
  describeProvider({
    specificationVersion: "v1",
    id: "acme",
    displayName: "Acme",
    configSchema,
    secretFields,
    capabilities: defaultCapabilities,
    create: () => {
      throw new Error("A description creates nothing.");
    },
  });

test("secrets are marked, the rest is as the schema prints it", () => {
  const schema = z.strictObject({
    host: z.string().default("smtp.example.com"),
    password: z
      .string()
      .meta({ examples: ["hunter2"], example: "hunter2", title: "Password" })
      .default("hunter2"),
  });
  const description = describeForm(schema, ["password"]);
  expect(description).toEqual({
    id: "acme",
    displayName: "Acme",
    secretFields: ["password"],
    capabilities: defaultCapabilities,
    form: {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      type: "object",
      properties: {
        host: { type: "string", default: "smtp.example.com" },
        password: { type: "string", title: "Password", writeOnly: true, format: "password" },
      },
      additionalProperties: false,
    },
  });
});

test("in every member of a union, and at any depth", () => {
  const schema = z.strictObject({
    login: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("token"), token: z.string().default("hunter2") }),
      z.strictObject({ kind: z.literal("user"), users: z.array(z.strictObject({ pass: z.string() })) }),
    ]),
    nested: z.strictObject({ token: z.union([z.string().default("hunter2"), z.null()]) }),
  });
  const { form } = describeForm(schema, ["token", "pass"]);
  const text = JSON.stringify(form);
  expect(text).not.toContain("hunter2");
  expect(text.match(/"writeOnly":true,"format":"password"/g)).toHaveLength(3);
});

test("a default of the whole does not give its secrets away", () => {
  const schema = z
    .strictObject({ host: z.string(), password: z.string() })
    .meta({ examples: [{ host: "a.example", password: "hunter2" }] })
    .default({ host: "b.example", password: "hunter2" });
  const { form } = describeForm(schema, ["password"]);
  expect(JSON.stringify(form)).not.toContain("hunter2");
  expect(form).toMatchObject({ examples: [{ host: "a.example" }], default: { host: "b.example" } });
});

test("the schema's own object is left alone", () => {
  const printed = { properties: { key: { type: "string", default: "hunter2" } } };
  const schema: ConfigSchema = {
    "~standard": {
      version: 1,
      vendor: "test",
      validate: (value) => ({ value }),
      jsonSchema: { input: () => printed },
    },
  };
  const { form } = describeForm(schema, ["key"]);
  expect(form).toEqual({ properties: { key: { type: "string", writeOnly: true, format: "password" } } });
  expect(printed).toEqual({ properties: { key: { type: "string", default: "hunter2" } } });
});
