import type { EdgeSample } from "@getfluxly/email-conformance/webhooks";
import { hmacSha256 } from "@getfluxly/email-core/webhook";
import { type MailtrapWebhookConfig, mailtrapWebhook } from "../index.js";

export async function createEdgeSample(): Promise<EdgeSample<MailtrapWebhookConfig>> {
  const secret = "0a".repeat(16);
  const body =
    '{"events":[{"event":"delivery","event_id":"e-1","message_id":"m-1","email":"kim@example.net","timestamp":1931097967}]}';
  const signature = await hmacSha256(secret, body);
  return {
    adapter: mailtrapWebhook,
    config: { signing_secrets: [secret] },
    foreignConfig: { signing_secrets: ["1b".repeat(16)] },
    now: new Date("2031-03-12T16:06:07.000Z"),
    headers: [["Mailtrap-Signature", toHex(signature)]],
    body,
  };
}

function toHex(octets: Uint8Array): string {
  return [...octets].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}
