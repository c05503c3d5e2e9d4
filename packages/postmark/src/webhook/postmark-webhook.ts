import {
  defineWebhookAdapter,
  parseItems,
  readJson,
  type SharedSecretConfig,
  verifySharedSecret,
} from "@getfluxly/email-core/webhook";
import { readRecord } from "./read-record.js";

/**
 * Postmark's webhooks, one object for each. They are not signed: the secret comes as the Basic password of the webhook's
 * URL, or in a header that was entered with it. 403 would end all retries, so a wrong secret is answered 401.
 * Source: https://postmarkapp.com/developer/webhooks/webhooks-overview
 */
export const postmarkWebhook = defineWebhookAdapter<SharedSecretConfig>({
  answers: { received: 200, refused: 401, unavailable: 503 },
  verify: (request, { config }) => verifySharedSecret(request, config),
  parse: (request, limits) => parseItems("postmark", readJson(request), readRecord, limits),
});
