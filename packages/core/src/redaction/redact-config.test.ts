import { expect, test } from "vitest";
import { redactConfig } from "./redact-config.js";

test("secrets are replaced at any depth, in a copy", () => {
  const config = Object.freeze({
    host: "smtp.example.com",
    password: "hunter2",
    keys: ["hunter2", "hunter3"],
    servers: [{ name: "a", password: "hunter2", token: { value: "hunter2" } }],
    port: 25,
    none: null,
  });
  expect(redactConfig(config, ["password", "keys", "token"])).toEqual({
    host: "smtp.example.com",
    password: "[redacted]",
    keys: "[redacted]",
    servers: [{ name: "a", password: "[redacted]", token: "[redacted]" }],
    port: 25,
    none: null,
  });
});

test("what is not set stays so, and an empty secret is set", () => {
  expect(redactConfig({ a: null, b: undefined, c: "" }, ["a", "b", "c"])).toEqual({
    a: null,
    b: undefined,
    c: "[redacted]",
  });
});

test("own __proto__ stays data", () => {
  const copy = redactConfig(JSON.parse('{"__proto__":{"password":"hunter2"}}'), ["password"]);
  expect(JSON.stringify(copy)).toBe('{"__proto__":{"password":"[redacted]"}}');
  expect(Object.prototype).not.toHaveProperty("password");
});

test.each([null, undefined, "text", 1])("%j is no config and stays as it is", (value) => {
  expect(redactConfig(value, ["password"])).toBe(value);
});
