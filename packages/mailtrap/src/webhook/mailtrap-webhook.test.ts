import { createHmac } from "node:crypto";
import { webhookConformance } from "@getfluxly/email-conformance/webhooks";
import { expect, test } from "vitest";
import { mailtrapWebhook } from "./mailtrap-webhook.js";

const checks = webhookConformance({
  adapter: mailtrapWebhook,
  body: '{"events":[{"event":"delivery","event_id":"e-1","message_id":"m-1","email":"kim@example.net","timestamp":1931058367}]}',
  sign: (body, secret: string) => ({
    headers: [["Mailtrap-Signature", createHmac("sha256", secret).update(body).digest("hex")]],
    body,
  }),
  secrets: ["0a".repeat(16), "1b".repeat(16), "2c".repeat(16)],
  toConfig: (live) => ({ signing_secrets: live }),
  proofHeaders: ["Mailtrap-Signature"],
  bindsBody: true,
  toleranceSeconds: undefined,
});

test.each(checks)("$name", ({ run }) => expect(run()).resolves.toBeUndefined());
