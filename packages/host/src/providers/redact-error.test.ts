import { EmailError, isEmailError } from "@getfluxly/email-core";
import { expect, test } from "vitest";
import { createRedactor } from "./create-redactor.js";
import { redactError } from "./redact-error.js";

const secret = "s3cret-pass";

test("every text loses the secret, and all that decides stays", () => {
  const reply = { code: 550, enhancedStatus: "5.1.1", text: `no ${secret}` };
  const error = new EmailError({
    code: "recipients-refused",
    message: `refused ${secret}`,
    stage: "rcpt-to",
    certainty: "not_sent",
    actor: "relay",
    retryable: true,
    retryAfterMs: 5,
    remedy: `change ${secret}`,
    reply,
    issues: [{ path: "to", message: `bad ${secret}` }],
    rejected: [
      { address: "a@example.com", permanent: true, reply },
      { address: "b@example.com", permanent: false },
    ],
    cause: new Error(secret),
  });
  const redacted = redactError(error, createRedactor({ token: { parts: [secret] }, user: "u" }, ["token"]));
  if (!isEmailError(redacted)) throw new Error("no EmailError");
  expect(redacted.toJSON()).toEqual(JSON.parse(JSON.stringify(error).replaceAll(secret, "[redacted]")));
  expect(redacted.cause).toBeUndefined();
});

test("what is no EmailError passes", () => {
  const error = new TypeError("x");
  expect(redactError(error, (text) => text)).toBe(error);
});

test("a secret that is too long to search for takes the whole text with it, and throws nothing", () => {
  const long = "aB3é".repeat(50_000);
  const text = createRedactor({ key: long }, ["key"])(`before ${long} after`);
  expect(text).not.toContain("aB3é");
});
