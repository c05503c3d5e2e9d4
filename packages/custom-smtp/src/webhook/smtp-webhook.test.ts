import { createHmac } from "node:crypto";
import { webhookConformance } from "@getfluxly/email-conformance/webhooks";
import { describe, expect, test } from "vitest";
import { smtpWebhook } from "./smtp-webhook.js";

const toSecret = (letter: string) => `whsec_${Buffer.alloc(32, letter).toString("base64")}`;
const secrets = [toSecret("a"), toSecret("b"), toSecret("c")] as const;
const body = '{"type":"delivered","event_id":"g-1","recipient":"kim@example.net"}';
const toConfig = (live: readonly string[]) => ({ secrets: live });

function sign(octets: Uint8Array, secret: string, signedAt: Date, prefix = "webhook") {
  const time = String(Math.floor(signedAt.getTime() / 1000));
  const key = Buffer.from(secret.slice(6), "base64");
  const signature = createHmac("sha256", key).update(`msg_1.${time}.`).update(octets).digest("base64");
  return {
    headers: [
      [`${prefix}-id`, "msg_1"],
      [`${prefix}-timestamp`, time],
      [`${prefix}-signature`, `v1,${signature}`],
    ] as const,
    body: octets,
  };
}

describe.each(["webhook", "svix"])("signed, headers %s-*", (prefix) => {
  const checks = webhookConformance({
    adapter: smtpWebhook,
    body,
    sign: (octets, secret: string, signedAt) => sign(octets, secret, signedAt, prefix),
    secrets,
    toConfig,
    proofHeaders: [`${prefix}-id`, `${prefix}-timestamp`, `${prefix}-signature`],
    bindsBody: true,
    toleranceSeconds: 300,
  });
  test.each(checks)("$name", ({ run }) => expect(run()).resolves.toBeUndefined());
});

describe("with a shared secret", () => {
  const checks = webhookConformance({
    adapter: smtpWebhook,
    body,
    sign: (octets, secret: string) => ({ headers: [["Authorization", `Bearer ${secret}`]], body: octets }),
    secrets,
    toConfig,
    proofHeaders: ["Authorization"],
    bindsBody: false,
    toleranceSeconds: undefined,
  });
  test.each(checks)("$name", ({ run }) => expect(run()).resolves.toBeUndefined());
});

const now = new Date("2031-03-12T16:06:07.000Z");
const verify = (octets: Uint8Array, headers: readonly (readonly [string, string])[]) =>
  smtpWebhook.verify(
    { method: "POST", url: "https://example.com/", headers, body: octets },
    { config: { secrets: [secrets[0]] }, now, fetch },
  );

test("mail proves no more than a shared secret, however it is signed: anybody may have sent it", async () => {
  const { headers, body: octets } = sign(Buffer.from("Subject: x\r\n\r\nx"), secrets[0], now);
  await expect(verify(octets, headers)).resolves.toMatchObject({ proof: "signature" });
  const asMail = verify(octets, [...headers, ["Content-Type", "message/rfc822"]]);
  await expect(asMail).resolves.toMatchObject({ proof: "shared_secret", replayKey: "smtp:msg_1" });
});

test("a signature that is wrong is not made good by a secret beside it", async () => {
  const { headers, body: octets } = sign(Buffer.from(body), secrets[1], now);
  const both = [...headers, ["Authorization", `Bearer ${secrets[0]}`] as const];
  await expect(verify(octets, both)).rejects.toMatchObject({ reason: "mismatch" });
});
