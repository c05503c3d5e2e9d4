import type { EdgeSample } from "@getfluxly/email-conformance/webhooks";
import type { SharedSecretConfig } from "@getfluxly/email-core/webhook";
import { brevoWebhook } from "../index.js";

export async function createEdgeSample(): Promise<EdgeSample<SharedSecretConfig>> {
  const secret = "a".repeat(32);
  return {
    adapter: brevoWebhook,
    config: { secrets: [secret] },
    foreignConfig: { secrets: ["b".repeat(32)] },
    now: new Date("2031-03-12T16:06:07.000Z"),
    headers: [["Authorization", `Basic ${btoa(`hook:${secret}`)}`]],
    body: '{"event":"delivered","email":"kim@example.net","message-id":"<m-1@example.com>","ts_epoch":1931097967000}',
  };
}
