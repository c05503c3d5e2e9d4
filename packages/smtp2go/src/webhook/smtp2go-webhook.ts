import {
  defineWebhookAdapter,
  parseItems,
  type SharedSecretConfig,
  verifySharedSecret,
} from "@getfluxly/email-core/webhook";
import { readBody } from "./read-body.js";
import { readEvent } from "./read-event.js";

/**
 * SMTP2GO's webhooks, one event for each, as JSON or as a form. They are not signed: the secret comes as the Basic password
 * of the webhook's URL. Source: https://support.smtp2go.com/hc/en-gb/articles/223087967-Webhooks
 */
export const smtp2goWebhook = defineWebhookAdapter<SharedSecretConfig>({
  answers: { received: 200, refused: 401, unavailable: 503 },
  verify: (request, { config }) => verifySharedSecret(request, config),
  parse: (request, limits) => parseItems("smtp2go", readBody(request), readEvent, limits),
});
