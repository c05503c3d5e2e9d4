import type { EdgeSample } from "@getfluxly/email-conformance/webhooks";
import type { SharedSecretConfig } from "@getfluxly/email-core/webhook";
import { postmarkWebhook } from "../index.js";

export async function createEdgeSample(): Promise<EdgeSample<SharedSecretConfig>> {
  const secret = "a".repeat(32);
  return {
    adapter: postmarkWebhook,
    config: { secrets: [secret] },
    foreignConfig: { secrets: ["b".repeat(32)] },
    now: new Date("2031-03-12T16:06:07.000Z"),
    headers: [["Authorization", `Basic ${btoa(`hook:${secret}`)}`]],
    body: '{"RecordType":"Delivery","MessageID":"m-1","Recipient":"kim@example.net","DeliveredAt":"2031-03-12T16:06:07Z"}',
  };
}
