import { createHmac } from "node:crypto";
import { webhookConformance } from "@getfluxly/email-conformance/webhooks";
import { describe, expect, test } from "vitest";
import { resendWebhook } from "./resend-webhook.js";

const secretOf = (octet: number) => `whsec_${Buffer.alloc(24, octet).toString("base64")}`;

describe.each(["svix", "webhook"])("headers %s-*", (prefix) => {
  const checks = webhookConformance({
    adapter: resendWebhook,
    body: '{"type":"email.sent","created_at":"2031-03-12T16:06:07.126Z","data":{"to":["kim@example.net"]}}',
    sign: (body, secret: string, signedAt) => {
      const time = String(Math.floor(signedAt.getTime() / 1000));
      const digest = createHmac("sha256", Buffer.from(secret.slice(6), "base64"))
        .update(`msg_1.${time}.`)
        .update(body)
        .digest("base64");
      const headers = [
        [`${prefix}-id`, "msg_1"],
        [`${prefix}-timestamp`, time],
        [`${prefix}-signature`, `v1,${digest}`],
      ] as const;
      return { headers, body };
    },
    secrets: [secretOf(1), secretOf(2), secretOf(3)],
    toConfig: (live) => ({ signing_secrets: live }),
    proofHeaders: [`${prefix}-id`, `${prefix}-timestamp`, `${prefix}-signature`],
    bindsBody: true,
    toleranceSeconds: 300,
  });
  test.each(checks)("$name", ({ run }) => expect(run()).resolves.toBeUndefined());
});
