import {
  assertFresh,
  concatOctets,
  defineWebhookAdapter,
  fromBase64,
  parseItems,
  readJson,
  requireHeader,
  WebhookError,
} from "@getfluxly/email-core/webhook";
import { importPublicKey } from "./import-public-key.js";
import { readItem } from "./read-item.js";
import { toFixedSignature } from "./to-fixed-signature.js";

export interface SendGridWebhookConfig {
  /** Of the signed event webhook, as its page shows it: base64, or PEM. Two while one is replaced. */
  readonly public_keys: readonly string[];
  /**
   * How old a signature may be, in seconds. Default one day: SendGrid tries for so long, and does not say whether a later
   * try is signed anew.
   */
  readonly tolerance_seconds?: number | undefined;
}

const oneDayInSeconds = 86_400;

/**
 * SendGrid's signed event webhook: ECDSA over the time and the octets of the body.
 * Source: https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
 */
export const sendgridWebhook = defineWebhookAdapter<SendGridWebhookConfig>({
  answers: { received: 200, refused: 401, unavailable: 503 },

  async verify(request, { config, now }) {
    if (config.public_keys.length === 0) throw new WebhookError("misconfigured", "No public key is set.");
    const time = requireHeader(request, "X-Twilio-Email-Event-Webhook-Timestamp");
    const given = fromBase64(requireHeader(request, "X-Twilio-Email-Event-Webhook-Signature"));
    const signature = given && toFixedSignature(given);
    if (!signature) throw new WebhookError("malformed", "The signature is not ECDSA over P-256 in DER.");
    const { tolerance_seconds: toleranceSeconds = oneDayInSeconds } = config;
    const signedAt = assertFresh(time, now, toleranceSeconds);
    const signed = concatOctets(new TextEncoder().encode(time), request.body);
    const keys = await Promise.all(config.public_keys.map(importPublicKey));
    const algorithm = { name: "ECDSA", hash: "SHA-256" };
    const verdicts = await Promise.all(
      keys.map((key) => crypto.subtle.verify(algorithm, key, signature, signed)),
    );
    if (!verdicts.includes(true)) throw new WebhookError("mismatch", "The signature fits no live key.");
    return { proof: "signature", signedAt, replayKey: toReplayKey(signature) };
  },

  parse: (request, limits) => parseItems("sendgrid", readJson(request), readItem, limits),
});

/**
 * Of the first of the two numbers, which is drawn anew for each signature. Anybody can turn the second into another that is as
 * valid; nobody but the owner of the key makes a signature with another first one.
 */
function toReplayKey(signature: Uint8Array): string {
  const first = signature.subarray(0, signature.length / 2);
  return `sendgrid:${[...first].map((octet) => octet.toString(16).padStart(2, "0")).join("")}`;
}
