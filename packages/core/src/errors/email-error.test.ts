import { inspect } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { createIssuesError } from "./create-issues-error.js";
import { EmailError, emailErrorCodes, isEmailError, toFailure } from "./index.js";
import { toIssuePath } from "./to-issue-path.js";

const failure = { message: "The relay said no.", stage: "auth" };

describe("EmailError", () => {
  test("takes what the code says, unless told otherwise", () => {
    const plain = new EmailError({ code: "connection-failed", ...failure });
    expect(plain).toMatchObject({
      name: "EmailError",
      code: "connection-failed",
      certainty: "not_sent",
      retryable: true,
      actor: "network",
      remedy: emailErrorCodes["connection-failed"].remedy,
    });
    const told = new EmailError({
      code: "connection-failed",
      ...failure,
      retryable: false,
      actor: "operator",
      remedy: "Wait.",
      retryAfterMs: 10,
    });
    expect(told).toMatchObject({ retryable: false, actor: "operator", remedy: "Wait.", retryAfterMs: 10 });
    const undecided = new EmailError({
      code: "connection-failed",
      ...failure,
      certainty: undefined,
      retryable: undefined,
      actor: undefined,
      remedy: undefined,
    });
    expect(toFailure(undecided)).toEqual(toFailure(plain));
  });

  test.each(Object.keys(emailErrorCodes))("%s has a sentence for a remedy", (code) => {
    const { remedy } = new EmailError({ code: code as keyof typeof emailErrorCodes, ...failure });
    expect(remedy).toMatch(/^[A-Z].*\.$/);
  });

  test("is never retryable when the message may be out", () => {
    const error = new EmailError({ code: "timed-out", ...failure, certainty: "unknown", retryable: true });
    expect(error.retryable).toBe(false);
  });

  test("prints neither stack nor cause nor what was put on it later", () => {
    const error = new EmailError({
      code: "authentication-failed",
      ...failure,
      reply: { code: 535, text: "no" },
      cause: new Error("canary-cause"),
    });
    Object.assign(error, { config: { password: "canary-config" } });
    const printed = JSON.stringify({ error });
    expect(printed).not.toMatch(/canary|stack|undefined/);
    expect(JSON.parse(printed).error).toEqual({
      name: "EmailError",
      message: "The relay said no.",
      code: "authentication-failed",
      certainty: "not_sent",
      retryable: false,
      actor: "configuration",
      stage: "auth",
      remedy: emailErrorCodes["authentication-failed"].remedy,
      reply: { code: 535, text: "no" },
    });
    expect(error.cause).toEqual(new Error("canary-cause"));
    expect("cause" in new EmailError({ code: "aborted", ...failure })).toBe(false);
  });

  test("comes back from plain data, with a code of a newer version too", () => {
    const original = new EmailError({ code: "relay-deferred", ...failure, retryAfterMs: 5 });
    const plain = toFailure(original);
    expect(toFailure(plain)).toEqual(plain);
    const newer = new EmailError({ ...plain, code: "relay-asleep" as "relay-deferred" });
    expect(toFailure(newer)).toEqual({ ...plain, code: "relay-asleep" });
  });
});

describe("isEmailError", () => {
  test("knows the family across two copies of the package", async () => {
    vi.resetModules();
    const copy = await import("./index.js");
    const theirs = new copy.EmailError({ code: "aborted", ...failure });
    expect(theirs).not.toBeInstanceOf(EmailError);
    expect(isEmailError(theirs)).toBe(true);
    expect(copy.isEmailError(new EmailError({ code: "aborted", ...failure }))).toBe(true);
  });

  test.each([null, undefined, "aborted", new Error("aborted"), { name: "EmailError", code: "aborted" }])(
    "%s is none",
    (value) => {
      expect(isEmailError(value)).toBe(false);
    },
  );

  test("is not fooled by inspection, since the mark is not shown", () => {
    const shown = inspect(new EmailError({ code: "aborted", ...failure }));
    expect(shown).toContain("The relay said no.");
    expect(shown).not.toContain("getfluxly.email.error");
  });
});

test("an error about several issues names the first three and carries all", () => {
  const issues = ["a", "b", "c", "d"].map((path) => ({ path, message: `No ${path}.` }));
  const error = createIssuesError("config-invalid", "config", issues);
  expect(error.message).toBe("Invalid config. a: No a. b: No b. c: No c. ...");
  expect(error.issues).toEqual(issues);
  const whole = createIssuesError("config-invalid", "config", [{ path: "", message: "No." }]);
  expect(whole.message).toBe("Invalid config. No.");
});

test.each([
  ["", "to", "to"],
  ["to", "0", "to[0]"],
  ["to", 0, "to[0]"],
  ["to[0]", "address", "to[0].address"],
  ["headers", "X-A", 'headers["X-A"]'],
  ["", "a\r\nb", '["a\\r\\nb"]'],
  ["x", "k".repeat(100), `x["${"k".repeat(64)}"]`],
])("the path from %j to %j is %j", (parent, key, path) => {
  expect(toIssuePath(parent, key)).toBe(path);
});
