import {
  defineWebhookAdapter,
  parseItems,
  readJson,
  type SharedSecretConfig,
  verifySharedSecret,
} from "@getfluxly/email-core/webhook";
import { readItem } from "./read-item.js";

/**
 * Brevo's webhooks: one object, or a list of up to 500 where they are batched. They are not signed: the secret comes as
 * Bearer token, in a header, or as Basic password of the webhook's URL. Every 5xx and every 4xx but 429 makes Brevo forget
 * the event, so 429 is the answer while nothing can be stored.
 * Source: https://developers.brevo.com/docs/transactional-webhooks
 */
export const brevoWebhook = defineWebhookAdapter<SharedSecretConfig>({
  answers: { received: 200, refused: 401, unavailable: 429 },
  verify: (request, { config }) => verifySharedSecret(request, config),
  parse: (request, limits) => parseItems("brevo", readJson(request), readItem, limits),
});
