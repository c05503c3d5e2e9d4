import type { EdgeSample } from "@getfluxly/email-conformance/webhooks";
import { hmacSha256 } from "@getfluxly/email-core/webhook";
import { type ResendWebhookConfig, resendWebhook } from "../index.js";

export async function createEdgeSample(): Promise<EdgeSample<ResendWebhookConfig>> {
  const key = "k".repeat(32);
  const [id, time] = ["msg_1", "1931097967"];
  const body =
    '{"type":"email.delivered","created_at":"2031-03-12T16:06:07.126Z","data":{"email_id":"m-1","to":["kim@example.net"]}}';
  const signature = await hmacSha256(key, `${id}.${time}.${body}`);
  return {
    adapter: resendWebhook,
    config: { signing_secrets: [`whsec_${btoa(key)}`] },
    foreignConfig: { signing_secrets: [`whsec_${btoa("f".repeat(32))}`] },
    now: new Date("2031-03-12T16:06:07.000Z"),
    headers: [
      ["svix-id", id],
      ["svix-timestamp", time],
      ["svix-signature", `v1,${btoa(String.fromCharCode(...signature))}`],
    ],
    body,
  };
}
