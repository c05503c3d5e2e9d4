import {
  assertFresh,
  defineWebhookAdapter,
  fromHex,
  hmacSha256,
  isJsonObject,
  type JsonObject,
  matchesOneOf,
  parseItems,
  readJson,
  textOf,
  WebhookError,
} from "@getfluxly/email-core/webhook";
import { readPost } from "./read-post.js";

export interface MailgunWebhookConfig {
  /** The account's "HTTP webhook signing key"; with sub-accounts also that of the parent. Two while it is changed. */
  readonly signing_keys: readonly string[];
  /** How old a signature may be, in seconds. Default 9 hours: Mailgun tries for eight, and does not say whether it signs anew. */
  readonly tolerance_seconds?: number | undefined;
}

const nineHoursInSeconds = 32_400;

/**
 * Mailgun's webhooks: HMAC-SHA256 over a time and a token, *not over the event*. Who saw one request could send any event
 * with its signature, so a token counts once, and the proof is no more than that of a shared secret. 406 would end all
 * tries. Source: https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks
 */
export const mailgunWebhook = defineWebhookAdapter<MailgunWebhookConfig>({
  answers: { received: 200, refused: 401, unavailable: 503 },

  async verify(request, { config, now }) {
    const { signing_keys: keys, tolerance_seconds: toleranceSeconds = nineHoursInSeconds } = config;
    if (keys.length === 0 || keys.includes(""))
      throw new WebhookError("misconfigured", "No signing key is set.");
    const content = readJson(request);
    const { timestamp, token, signature } = readSignature(content, "signature");
    const signedAt = assertFresh(timestamp, now, toleranceSeconds);
    const expected = await Promise.all(keys.map((key) => hmacSha256(key, timestamp, token)));
    const parent = isJsonObject(content) && isJsonObject(content["parent-signature"]);
    const given = [
      signature,
      ...(parent ? [readSignature(content, "parent-signature")] : [])
        // Of the same time and token, or it is another request's.
        .filter((it) => typeof it === "object" && it.timestamp === timestamp && it.token === token)
        .map((it) => it.signature),
    ];
    const verdicts = await Promise.all(given.map((it) => matchesOneOf(it, expected)));
    if (!verdicts.includes(true)) throw new WebhookError("mismatch", "The signature fits no live key.");
    return {
      proof: "shared_secret",
      signedAt,
      replayKey: `mailgun:${timestamp}:${token}`,
      replayableForSeconds: 2 * toleranceSeconds,
    };
  },

  parse: (request, limits) => parseItems("mailgun", readJson(request), readPost, limits),
});

function readSignature(content: unknown, member: string) {
  const object: JsonObject | undefined =
    isJsonObject(content) && isJsonObject(content[member]) ? content[member] : undefined;
  if (!object) throw new WebhookError("missing", "The request has no signature in its body.");
  const [timestamp, token, digits] = [
    textOf(object.timestamp),
    textOf(object.token),
    textOf(object.signature),
  ];
  if (timestamp === undefined || token === undefined || digits === undefined) {
    throw new WebhookError(
      "missing",
      "The signature in the body has not all of timestamp, token and signature.",
    );
  }
  const signature = fromHex(digits);
  if (!signature) throw new WebhookError("malformed", "The signature is not in hexadecimal digits.");
  return { timestamp, token, signature };
}
