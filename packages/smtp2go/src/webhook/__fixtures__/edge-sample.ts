import type { EdgeSample } from "@getfluxly/email-conformance/webhooks";
import type { SharedSecretConfig } from "@getfluxly/email-core/webhook";
import { smtp2goWebhook } from "../index.js";

export async function createEdgeSample(): Promise<EdgeSample<SharedSecretConfig>> {
  const secret = "a".repeat(32);
  return {
    adapter: smtp2goWebhook,
    config: { secrets: [secret] },
    foreignConfig: { secrets: ["b".repeat(32)] },
    now: new Date("2031-03-12T16:06:07.000Z"),
    headers: [["Authorization", `Basic ${btoa(`hook:${secret}`)}`]],
    body: '{"event":"delivered","rcpt":"kim@example.net","email_id":"m-1","time":"2031-03-12T16:06:07Z"}',
  };
}
