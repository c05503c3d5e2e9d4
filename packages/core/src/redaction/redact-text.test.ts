import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redactText } from "./redact-text.js";

const canary = `pä"ss\\w%rd ☃ é9`;
const utf8 = Buffer.from(canary);

describe("redactText removes every form in which a secret is echoed", () => {
  const forms: Record<string, string> = {
    raw: canary,
    "upper case": canary.toUpperCase(),
    "read as Latin-1": utf8.toString("latin1"),
    "JSON string": JSON.stringify(canary).slice(1, -1),
    encodeURIComponent: encodeURIComponent(canary),
    "form encoding": new URLSearchParams({ "": canary }).toString().slice(1),
    "every octet percent-encoded": utf8.toString("hex").replace(/../g, "%$&"),
    "lower-case percent": encodeURIComponent(canary).toLowerCase(),
    hex: utf8.toString("hex"),
    "upper-case hex": utf8.toString("hex").toUpperCase(),
    base64: utf8.toString("base64"),
    base64url: utf8.toString("base64url"),
    "AUTH PLAIN": Buffer.from(`\0user\0${canary}`).toString("base64"),
    "AUTH PLAIN, one further": Buffer.from(`\0user1\0${canary}`).toString("base64"),
    "AUTH PLAIN, two further": Buffer.from(`\0user12\0${canary}`).toString("base64"),
    "quoted-printable": 'p=C3=A4"ss\\w%rd=20=E2=98=83=20=C3=A99',
    "base64 over two lines": utf8.toString("base64").replace(/^.{9}/, "$& "),
    "as it is, over two lines": canary.replace("w", " w"),
    "base64 with more behind": Buffer.from(`xx${canary}tail`).toString("base64"),
  };
  test.each(Object.entries(forms))("%s", (_name, form) => {
    const text = redactText(`535 5.7.8 refused <${form}> here`, [canary]);
    expect(text).toMatch(/^535 5\.7\.8 refused <.*\[redacted\].*> here$/);
    expect(text.length).toBeLessThanOrEqual("535 5.7.8 refused <> here".length + "[redacted]".length + 12);
  });
});

test("leaves what has nothing to do with the secret", () => {
  const text = "535 5.7.8 Username and Password not accepted";
  expect(redactText(text, [canary, "", "hunter2"])).toBe(text);
});

test("a short secret goes as a whole word only", () => {
  expect(redactText("500 no: the word is no, nothing else", ["no"])).toBe(
    "500 [redacted]: the word is [redacted], nothing else",
  );
});

test("the longer of two secrets goes first, so that no tail remains", () => {
  expect(redactText("key secret-and-more.", ["secret", "secret-and-more"])).toBe("key [redacted].");
});

test("characters that mean something in patterns mean themselves", () => {
  expect(redactText("a.b*c+(d) axbxc", ["a.b*c+(d)"])).toBe("[redacted] axbxc");
});

test("no base64 that contains the secret still decodes to it", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 6 }),
      fc.string({ minLength: 4, maxLength: 30, unit: "grapheme" }),
      fc.uint8Array({ maxLength: 6 }),
      fc.constantFrom("base64" as const, "base64url" as const),
      (before, secret, after, encoding) => {
        const whole = Buffer.concat([before, Buffer.from(secret), after]).toString(encoding);
        const left = redactText(whole, [secret]);
        expect(left).toContain("[redacted]");
        const remains = left.split("[redacted]").join("").replace(/=/g, "");
        // At most the neighbours' characters are left: none is decided by the secret alone.
        expect(remains.length).toBeLessThanOrEqual(Math.ceil(((before.length + after.length) * 4) / 3) + 1);
      },
    ),
  );
});

describe("the time it takes does not depend on what is looked for", () => {
  const fill = (unit: string, length: number) =>
    unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
  test.each(["\\", "%", "a", "=", "+", "\\\\n", "%5c", "AAAA", " ", "é"])("%j over and over", (unit) => {
    // A pattern with two ways to read a character would not end before the test does.
    for (const secret of [fill(unit, 1_000), `${fill(unit, 999)}x`, `x${fill(unit, 999)}`]) {
      const text = redactText(fill(unit, 30_000), [secret]);
      expect(text.length).toBeLessThanOrEqual(30_000);
    }
  });
});
