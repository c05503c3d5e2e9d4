export { runWebhookCase } from "./run-webhook-case.js";
export type { WebhookCase } from "./webhook-case.js";
