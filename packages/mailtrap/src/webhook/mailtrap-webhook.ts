import {
  defineWebhookAdapter,
  fromHex,
  hmacSha256,
  matchesOneOf,
  parseItems,
  requireHeader,
  toWebhookFailure,
  WebhookError,
} from "@getfluxly/email-core/webhook";
import { readEvent } from "./read-event.js";
import { readEvents } from "./read-events.js";

export interface MailtrapWebhookConfig {
  /** The webhook's signing secret, as its page shows it. Two while it is changed: Mailtrap itself knows no overlap. */
  readonly signing_secrets: readonly string[];
}

/**
 * Mailtrap's webhooks: HMAC-SHA256 over the octets of the body. The key is the secret as text, not what its digits spell.
 * Anything but 200 is tried again, and after 40 times the webhook is paused.
 * Source: https://docs.mailtrap.io/email-api-smtp/advanced/webhooks
 */
export const mailtrapWebhook = defineWebhookAdapter<MailtrapWebhookConfig>({
  answers: { received: 200, refused: 401, unavailable: 503 },

  async verify(request, { config }) {
    const secrets = config.signing_secrets;
    if (secrets.length === 0 || secrets.includes("")) {
      throw new WebhookError("misconfigured", "No signing secret is set.");
    }
    const given = requireHeader(request, "Mailtrap-Signature");
    const signature = fromHex(given);
    if (!signature) throw new WebhookError("malformed", "The signature is not in hexadecimal digits.");
    const expected = await Promise.all(secrets.map((secret) => hmacSha256(secret, request.body)));
    if (!(await matchesOneOf(signature, expected))) {
      throw new WebhookError("mismatch", "The signature fits no live secret.");
    }
    // No time is signed: a request stays valid as long as its secret, and what it says is counted once by its event ids.
    return { proof: "signature", replayKey: `mailtrap:${given.toLowerCase()}` };
  },

  async parse(request, limits) {
    const events = readEvents(request);
    if (events === "not-a-list") return { events: [], failures: [toWebhookFailure(0, events, undefined)] };
    return parseItems("mailtrap", events, readEvent, limits);
  },
});
