import { describe, expect, test } from "vitest";
import * as z from "zod";
import { type ConfigSchema, defaultCapabilities } from "../contract/index.js";
import { EmailError } from "../errors/index.js";
import { defineProvider } from "./define-provider.js";

const definition = {
  id: "acme.http",
  displayName: "Acme",
  configSchema: z.strictObject({ api_key: z.string(), region: z.enum(["eu", "us"]) }),
  secretFields: ["api_key"] as const,
  capabilities: defaultCapabilities,
  create: () => {
    throw new Error("Nothing is created here.");
  },
};

/** As a JavaScript author calls it. */
const define = (fields: object): unknown =>
  Reflect.apply(defineProvider, undefined, [{ ...definition, ...fields }]);

test("stamps the version and freezes", () => {
  const defined = defineProvider(definition);
  expect(defined).toEqual({ ...definition, specificationVersion: "v1" });
  expect(Object.isFrozen(defined)).toBe(true);
  expect(Object.isFrozen(definition)).toBe(false);
});

test.each(["smtp", "acme.http", "a-b.c-d", "smtp2go", "0"])("%s is an id", (id) => {
  expect(define({ id })).toMatchObject({ id });
});

describe("refuses", () => {
  const printing = (form: unknown): ConfigSchema => ({
    "~standard": {
      version: 1,
      vendor: "test",
      validate: (value) => ({ value }),
      jsonSchema: { input: () => form as Record<string, unknown> },
    },
  });
  test.each<[string, object, string]>([
    ...[
      "",
      "Acme",
      "acme/http",
      "acme..http",
      ".acme",
      "acme.",
      "a_b",
      "a b",
      "../a",
      undefined,
      null,
      1,
    ].map((id): [string, object, string] => [`the id ${JSON.stringify(id)}`, { id }, "id"]),
    ["no name", { displayName: "" }, "displayName"],
    ["no create", { create: undefined }, "create"],
    ["no capabilities", { capabilities: undefined }, "capabilities"],
    ["no schema", { configSchema: undefined }, "configSchema"],
    [
      "a schema that does not print",
      { configSchema: { "~standard": { validate: () => {} } } },
      "configSchema",
    ],
    [
      "a reserved field",
      { configSchema: z.strictObject({ api_key: z.string(), from_email: z.string() }) },
      "configSchema",
    ],
    [
      "a reserved field in a member",
      {
        configSchema: z.union([
          z.strictObject({ api_key: z.string() }),
          z.strictObject({ provider: z.string() }),
        ]),
      },
      "configSchema",
    ],
    ["a misspelt secret", { secretFields: ["api_kye"] }, "secretFields"],
    ["secrets that are no list", { secretFields: "api_key" }, "secretFields"],
    ["a webhook without a loader", { webhook: { configSchema: printing({}), secretFields: [] } }, "webhook"],
  ])("%s", (_name, fields, path) => {
    const issue = () => {
      try {
        define(fields);
      } catch (error) {
        return error instanceof EmailError ? error : undefined;
      }
      return undefined;
    };
    const error = issue();
    expect(error).toMatchObject({ code: "definition-invalid", actor: "operator" });
    expect(error?.issues?.map((item) => item.path.split(".").at(-1))).toContain(path);
  });

  test("nothing for a schema that prints no field", () => {
    expect(define({ configSchema: printing({ type: "object" }) })).toBeDefined();
  });
});
