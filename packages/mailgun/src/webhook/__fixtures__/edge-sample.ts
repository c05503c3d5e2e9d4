import type { EdgeSample } from "@getfluxly/email-conformance/webhooks";
import { hmacSha256 } from "@getfluxly/email-core/webhook";
import { type MailgunWebhookConfig, mailgunWebhook } from "../index.js";

export async function createEdgeSample(): Promise<EdgeSample<MailgunWebhookConfig>> {
  const [timestamp, token] = ["1931097967", "t".repeat(50)];
  const signature = toHex(await hmacSha256("key-a", timestamp + token));
  const event = { event: "delivered", id: "e-1", timestamp: 1931097967.375, recipient: "kim@example.net" };
  return {
    adapter: mailgunWebhook,
    config: { signing_keys: ["key-a"] },
    foreignConfig: { signing_keys: ["key-b"] },
    now: new Date("2031-03-12T16:06:07.000Z"),
    headers: [],
    body: JSON.stringify({ signature: { timestamp, token, signature }, "event-data": event }),
  };
}

function toHex(octets: Uint8Array): string {
  return [...octets].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}
