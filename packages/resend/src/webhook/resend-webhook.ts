import type { WebhookRequest } from "@getfluxly/email-core";
import {
  defineWebhookAdapter,
  findHeader,
  parseItems,
  readJson,
  verifyStandardWebhook,
} from "@getfluxly/email-core/webhook";
import { readEvent } from "./read-event.js";

export interface ResendWebhookConfig {
  /** The "signing secret" of the webhook's page, `whsec_` and base64. Two while it is changed. */
  readonly signing_secrets: readonly string[];
  /** How far the time of the signature may be from now, in seconds. Default 300: each try is signed anew. */
  readonly tolerance_seconds?: number | undefined;
}

/**
 * Resend's webhooks, which Svix signs and delivers: HMAC-SHA256 over id, time and body.
 * Source: https://resend.com/docs/dashboard/webhooks/verify-webhooks-requests
 */
export const resendWebhook = defineWebhookAdapter<ResendWebhookConfig>({
  answers: { received: 200, refused: 401, unavailable: 503 },

  verify: (request, { config, now }) =>
    verifyStandardWebhook(request, {
      relay: "resend",
      secrets: config.signing_secrets,
      now,
      toleranceSeconds: config.tolerance_seconds,
    }),

  parse: async (request, limits) => {
    const eventId = findEventId(request);
    // One request, one event.
    return parseItems("resend", [readJson(request)], (item) => readEvent(item, eventId), limits);
  },
});

/** That of the headers which `verify` looked at: another family's could be added to a signed request by anyone. */
function findEventId(request: WebhookRequest): string | undefined {
  const isOtherFamily =
    findHeader(request, "svix-signature") === undefined &&
    findHeader(request, "webhook-signature") !== undefined;
  return findHeader(request, isOtherFamily ? "webhook-id" : "svix-id") || undefined;
}
