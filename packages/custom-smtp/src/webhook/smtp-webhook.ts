import type { WebhookRequest } from "@getfluxly/email-core";
import {
  defineWebhookAdapter,
  findHeader,
  parseItems,
  readJson,
  toWebhookFailure,
  verifySharedSecret,
  verifyStandardWebhook,
} from "@getfluxly/email-core/webhook";
import { readItem } from "./read-item.js";
import { readList } from "./read-list.js";

export interface SmtpWebhookConfig {
  /** `whsec_` and base64. Each is the key of a signature, and as it is the secret that Basic, Bearer or a header shows. */
  readonly secrets: readonly string[];
}

/**
 * For relays without an adapter of their own: our own JSON, or what a mail server bounces (`message/rfc822`: RFC 3464 and
 * RFC 5965), signed as Standard Webhooks or with a shared secret. Anybody can send a forged bounce to a bounce address: the
 * post is authentic, what it says is not, so mail proves no more than a shared secret does, however it is signed.
 */
export const smtpWebhook = defineWebhookAdapter<SmtpWebhookConfig>({
  answers: { received: 200, refused: 401, unavailable: 503 },

  async verify(request, { config: { secrets }, now }) {
    const authenticity = isSigned(request)
      ? await verifyStandardWebhook(request, { relay: "smtp", secrets, now })
      : await verifySharedSecret(request, { secrets });
    return isMail(request) ? { ...authenticity, proof: "shared_secret" } : authenticity;
  },

  async parse(request, limits) {
    if (isMail(request)) {
      // On demand: what reads MIME is larger than all the rest.
      const { readMail } = await import("./read-mail.js");
      return readMail(request.body, limits);
    }
    const list = readList(readJson(request));
    if (typeof list === "string") return { events: [], failures: [toWebhookFailure(0, list, undefined)] };
    return parseItems("smtp", list, readItem, limits);
  },
});

function isSigned(request: WebhookRequest): boolean {
  return ["webhook-signature", "svix-signature"].some((name) => findHeader(request, name) !== undefined);
}

function isMail(request: WebhookRequest): boolean {
  return /^message\/(?:rfc822|global)\b/i.test(findHeader(request, "Content-Type") ?? "");
}
