import type { EdgeSample } from "@getfluxly/email-conformance/webhooks";
import { hmacSha256 } from "@getfluxly/email-core/webhook";
import { type SmtpWebhookConfig, smtpWebhook } from "../index.js";

export async function createEdgeSample(): Promise<EdgeSample<SmtpWebhookConfig>> {
  const key = "k".repeat(32);
  const [id, time] = ["msg_1", "1931097967"];
  const body = '{"type":"delivered","event_id":"g-1","recipient":"kim@example.net"}';
  const signature = await hmacSha256(key, `${id}.${time}.${body}`);
  return {
    adapter: smtpWebhook,
    config: { secrets: [`whsec_${btoa(key)}`] },
    foreignConfig: { secrets: [`whsec_${btoa("f".repeat(32))}`] },
    now: new Date("2031-03-12T16:06:07.000Z"),
    headers: [
      ["webhook-id", id],
      ["webhook-timestamp", time],
      ["webhook-signature", `v1,${btoa(String.fromCharCode(...signature))}`],
    ],
    body,
  };
}
