import { describe, expect, test } from "vitest";
import { verifySharedSecret } from "./verify-shared-secret.js";

const secret = "correct horse battery staple";
const older = "0123456789abcdefghijklmnopqrstuv";
const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
const verify = (
  headers: [string, string][],
  config: Partial<Parameters<typeof verifySharedSecret>[1]> = {},
) =>
  verifySharedSecret(
    { method: "POST", url: "https://example.com/", headers, body: new Uint8Array() },
    { secrets: [secret, older], ...config },
  );

describe("a live secret", () => {
  test.each<[string, [string, string][]]>([
    ["as Basic password", [["Authorization", basic(`any:${secret}`)]]],
    ["as Basic password with a colon in front", [["authorization", basic(`:${secret}`)]]],
    ["as Bearer token", [["AUTHORIZATION", `bearer ${older}`]]],
    ["in a header of its own", [["x-webhook-secret", ` ${secret} `]]],
    [
      "in both places",
      [
        ["Authorization", basic(`a:${secret}`)],
        ["X-Webhook-Secret", older],
      ],
    ],
  ])("%s", async (_name, headers) => {
    expect(await verify(headers)).toEqual({ proof: "shared_secret" });
  });
  test("in the header of the settings, with the user of the settings", async () => {
    await verify([["X-Own", secret]], { header: "X-Own" });
    await verify([["Authorization", basic(`gf:${secret}`)]], { username: "gf" });
  });
  test("that is not ASCII", async () => {
    const secrets = ["Größe und Länge sind geheim"];
    await verify([["Authorization", basic(`u:${secrets[0]}`)]], { secrets });
  });
});

describe("is refused", () => {
  test.each<[string, [string, string][], string]>([
    ["nothing", [], "missing"],
    ["an empty header", [["Authorization", ""]], "missing"],
    ["a wrong password", [["Authorization", basic(`u:${secret}x`)]], "mismatch"],
    ["an empty password", [["Authorization", basic("u:")]], "mismatch"],
    ["the secret as user name", [["Authorization", basic(`${secret}:u`)]], "mismatch"],
    ["a wrong token", [["Authorization", "Bearer x"]], "mismatch"],
    [
      "a right header beside a wrong token",
      [
        ["Authorization", "Bearer x"],
        ["X-Webhook-Secret", secret],
      ],
      "mismatch",
    ],
    [
      "the header twice",
      [
        ["X-Webhook-Secret", secret],
        ["x-webhook-secret", secret],
      ],
      "malformed",
    ],
    [
      "Authorization twice",
      [
        ["Authorization", `Bearer ${secret}`],
        ["authorization", "x"],
      ],
      "malformed",
    ],
    ["another scheme", [["Authorization", `Digest ${secret}`]], "malformed"],
    ["no base64", [["Authorization", "Basic !!!"]], "malformed"],
    ["no colon", [["Authorization", basic(secret)]], "malformed"],
  ])("%s", async (_name, headers, reason) => {
    const error = await verify(headers).catch((thrown) => thrown);
    expect(error).toMatchObject({ reason });
    expect(JSON.stringify(error) + error.stack).not.toContain(secret);
    expect(error.challenge !== undefined).toBe(reason === "missing");
  });
  test("another user than that of the settings", async () => {
    const headers: [string, string][] = [["Authorization", basic(`x:${secret}`)]];
    await expect(verify(headers, { username: "gf" })).rejects.toMatchObject({ reason: "mismatch" });
  });
  test.each([[[]], [["short"]], [[secret, ""]]])("every request, with the secrets %j", async (secrets) => {
    await expect(verify([["Authorization", "Bearer "]], { secrets })).rejects.toMatchObject({
      reason: "misconfigured",
    });
  });
});
