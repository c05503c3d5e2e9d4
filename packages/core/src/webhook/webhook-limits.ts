import type { WebhookLimits } from "../contract/index.js";

/** SendGrid, the relay with the largest bodies, posts up to 768 KB. */
export const defaultWebhookLimits: WebhookLimits = { bytes: 1_048_576, depth: 32, items: 5_000 };
