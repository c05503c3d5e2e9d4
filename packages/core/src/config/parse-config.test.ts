import { describe, expect, test } from "vitest";
import * as z from "zod";
import type { ConfigSchema } from "../contract/index.js";
import { isEmailError } from "../errors/index.js";
import { parseConfig } from "./parse-config.js";

const schema = z
  .strictObject({
    smtp_host: z.string().regex(/^[a-z.]+$/, "Must be a host name."),
    smtp_port: z.int().min(1).max(65535),
    smtp_secure: z.enum(["starttls", "ssl", "none"]).default("starttls"),
    password: z.string(),
    servers: z.array(z.strictObject({ name: z.string() })).optional(),
  })
  .refine((config) => !(config.smtp_port === 465 && config.smtp_secure === "starttls"), {
    path: ["smtp_secure"],
    message: "Port 465 speaks TLS at once: use ssl, not starttls.",
  });
const valid = { smtp_host: "smtp.example.com", smtp_port: 587, password: "canary-päss" };

async function errorOf(input: unknown, source: ConfigSchema | { configSchema: ConfigSchema } = schema) {
  const error: unknown = await parseConfig(source, input).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isEmailError(error)) throw new Error(`No EmailError but ${String(error)}.`);
  return error;
}

test("settings come back with defaults, from a schema or a definition", async () => {
  expect(await parseConfig(schema, valid)).toEqual({ ...valid, smtp_secure: "starttls" });
  expect(await parseConfig({ configSchema: schema }, valid)).toEqual({ ...valid, smtp_secure: "starttls" });
});

describe("issues", () => {
  test("are told all at once, each with its place", async () => {
    const error = await errorOf({
      smtp_port: 0,
      smtp_secure: "tls",
      password: 1,
      servers: [{ name: "" }, {}],
    });
    expect(error).toMatchObject({ code: "config-invalid", stage: "config", actor: "configuration" });
    expect(error.issues?.map(({ path }) => path)).toEqual([
      "smtp_host",
      "smtp_port",
      "smtp_secure",
      "password",
      "servers[1].name",
    ]);
    expect(error.message).toMatch(/^Invalid config\. smtp_host: .* smtp_port: .* \.\.\.$/);
  });

  test("name an unknown setting", async () => {
    const error = await errorOf({ ...valid, smtp_prot: 1 });
    expect(error.issues).toEqual([{ path: "smtp_prot", message: "Unknown field." }]);
  });

  test("may use the schema's own words, though the input holds them too", async () => {
    const error = await errorOf({ ...valid, smtp_port: 465, smtp_secure: "starttls" });
    expect(error.issues).toEqual([
      { path: "smtp_secure", message: "Port 465 speaks TLS at once: use ssl, not starttls." },
    ]);
  });

  test.each([undefined, null, "canary", 1, []])("%j is no object", async (input) => {
    expect((await errorOf(input)).issues).toHaveLength(1);
  });
});

describe("no text of the error repeats a value", () => {
  const gossip = z.strictObject({
    password: z.string().refine(() => false, { error: (issue) => `Not "${String(issue.input)}".` }),
    note: z.string().optional(),
  });
  test.each([{ password: "canary" }, { password: "canary", note: "x" }, { password: 'can"ary' }])(
    "%j",
    async (input) => {
      const error = await errorOf(input, gossip);
      expect(JSON.stringify(error) + error.stack + String(error.cause)).not.toMatch(/can.?ary/);
      expect(error.issues).toEqual([{ path: "password", message: "Invalid." }]);
    },
  );

  test("nor do the messages of zod", async () => {
    const error = await errorOf({
      smtp_host: "canary host",
      smtp_port: "canary port",
      smtp_secure: "canary",
    });
    expect(JSON.stringify(error) + error.stack).not.toContain("canary");
  });
});

describe("what no schema is asked", () => {
  const loose: ConfigSchema = {
    "~standard": {
      version: 1,
      vendor: "test",
      validate: (value) => ({ value }),
      jsonSchema: { input: () => ({}) },
    },
  };
  test.each(["__proto__", "constructor", "prototype"])("own %s at any depth", async (key) => {
    for (const text of [`{"${key}":{"a":1}}`, `{"a":[{"b":{"${key}":1}}]}`, `{"a":{"\\u005f_proto__":1}}`]) {
      expect(await errorOf(JSON.parse(text), loose)).toMatchObject({
        code: "config-invalid",
        issues: [{ path: expect.stringMatching(/^(__proto__|constructor|prototype)$/) }],
      });
    }
    expect(Object.prototype).not.toHaveProperty("a");
  });

  test("a circle, or depth without end", async () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const deep: unknown = JSON.parse("[".repeat(100_000) + "]".repeat(100_000));
    for (const input of [circle, { deep }, { big: 1n }]) {
      expect(await errorOf(input, loose)).toMatchObject({ issues: [{ message: "Must be plain data." }] });
    }
  });

  test("an ordinary key that looks alike is fine", async () => {
    expect(await parseConfig(loose, { proto: 1, constructor_id: 2 })).toEqual({
      proto: 1,
      constructor_id: 2,
    });
  });
});

test("a schema may take its time", async () => {
  const slow = z.strictObject({ key: z.string().refine(async (key) => key === "right", "No.") });
  expect(await parseConfig(slow, { key: "right" })).toEqual({ key: "right" });
  expect((await errorOf({ key: "wrong" }, slow)).issues).toEqual([{ path: "key", message: "No." }]);
});
