import { describe, expect, test } from "vitest";
import { smtpConfigSchema } from "./smtp-config.js";

const valid = {
  smtp_host: "smtp.example.com",
  smtp_port: 587,
  smtp_secure: "starttls",
  username: "user",
  password: "secret",
};

async function issuesOf(change: Record<string, unknown>): Promise<string[]> {
  const result = await smtpConfigSchema["~standard"].validate({ ...valid, ...change });
  return (result.issues ?? []).map((issue) => `${issue.path?.join(".")}: ${issue.message}`);
}

describe("the settings of a custom relay", () => {
  test.each([
    {},
    { smtp_port: 465, smtp_secure: "ssl" },
    { smtp_port: 2525 },
    { smtp_port: 25, smtp_secure: "none", username: undefined, password: undefined },
    { smtp_port: 25, smtp_secure: "none", username: "", password: "" },
    { smtp_port: 1, smtp_secure: "none" },
    { smtp_host: "localhost" },
    { smtp_host: "192.0.2.1" },
    { smtp_host: "2001:db8::1" },
    { smtp_host: "mail_relay.internal." },
    { password: "pä\"ss\\%'" },
  ])("%j is accepted", async (change) => {
    expect(await issuesOf(change)).toEqual([]);
  });

  test.each<[Record<string, unknown>, RegExp]>([
    [{ smtp_port: 465 }, /^smtp_secure: .*"ssl"/],
    [{ smtp_secure: "ssl" }, /^smtp_secure: .*"starttls"/],
    [{ smtp_port: 0 }, /^smtp_port: .*1 and 65535/],
    [{ smtp_port: 65536 }, /^smtp_port: .*1 and 65535/],
    [{ smtp_port: "587" }, /^smtp_port: .*whole number/],
    [{ smtp_port: 587.5 }, /^smtp_port: .*whole number/],
    [{ smtp_secure: "tls" }, /^smtp_secure: Must be "starttls"/],
    [{ smtp_secure: true }, /^smtp_secure: Must be "starttls"/],
    [{ username: "" }, /^username: Is required/],
    [{ password: undefined }, /^password: Is required/],
    [{ smtp_port: 25, smtp_secure: "none", password: "" }, /^password: Give both/],
    [{ smtp_host: "" }, /^smtp_host: Is required/],
    [{ smtp_host: "smtp://smtp.example.com" }, /^smtp_host: Must be a host name/],
    [{ smtp_host: "smtp.example.com:587" }, /^smtp_host: Must be a host name/],
    [{ smtp_host: " smtp.example.com" }, /^smtp_host: Must be a host name/],
    [{ smtp_host: "smtp.exam\0ple.com" }, /^smtp_host: Must be a host name/],
    [{ smtp_host: "127.1" }, /^smtp_host: Must be a host name/],
    [{ smtp_host: "0x7f.0x1" }, /^smtp_host: Must be a host name/],
    [{ smtp_host: "2130706433" }, /^smtp_host: Must be a host name/],
    [{ smtp_host: "fe80::1%eth0" }, /^smtp_host: Must be a host name/],
    [{ smtp_host: "１２７.0.0.1" }, /^smtp_host: Must be a host name/],
    [{ password: "a\0b" }, /^password: Must not contain/],
    [{ username: "a\r\nb" }, /^username: Must not contain/],
    [{ smtp_host: undefined }, /^smtp_host: Is required/],
    [{ smtp_host: 5 }, /^smtp_host: Must be text/],
    [{ smtp_port: undefined }, /^smtp_port: Is required/],
    [{ smtp_secure: undefined }, /^smtp_secure: Is required/],
    [{ username: null }, /^username: Must be text/],
    [{ smtp_prot: 587 }, /smtp_prot/],
    [{ tls: { rejectUnauthorized: false } }, /tls/],
  ])("%j is refused with the fix", async (change, expected) => {
    expect((await issuesOf(change)).join("\n")).toMatch(expected);
  });

  test("an issue never repeats the password", async () => {
    const text = (await issuesOf({ smtp_port: 0, password: "canary\0-canary" })).join();
    expect(text).not.toContain("canary");
  });

  test("prints itself as JSON Schema with the wire names", () => {
    const form = smtpConfigSchema["~standard"].jsonSchema.input({ target: "draft-2020-12" });
    expect(form).toMatchObject({
      type: "object",
      additionalProperties: false,
      required: ["smtp_host", "smtp_port", "smtp_secure"],
    });
    expect(Object.keys(form.properties as object)).toEqual(Object.keys(valid));
  });
});
