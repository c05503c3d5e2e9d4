export type { EdgeSample } from "./edge-sample.js";
export { runWebhookCase } from "./run-webhook-case.js";
export type { WebhookCase } from "./webhook-case.js";
export {
  type SignedWebhook,
  type WebhookCheck,
  type WebhookConformanceOptions,
  webhookConformance,
} from "./webhook-conformance.js";
