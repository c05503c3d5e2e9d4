import type { WebhookAdapter } from "../contract/index.js";

/** Stamps the version of the contract and freezes. */
export function defineWebhookAdapter<WebhookConfig>(
  adapter: Omit<WebhookAdapter<WebhookConfig>, "specificationVersion">,
): WebhookAdapter<WebhookConfig> {
  return Object.freeze({ ...adapter, specificationVersion: "v1" });
}
