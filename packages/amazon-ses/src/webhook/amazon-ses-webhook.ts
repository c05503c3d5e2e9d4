import {
  defineWebhookAdapter,
  findHeader,
  isJsonObject,
  readJson,
  verifySharedSecret,
  WebhookError,
} from "@getfluxly/email-core/webhook";
import { assertKnownTopic } from "./assert-known-topic.js";
import { parseNotification } from "./parse-notification.js";
import { isSnsEnvelope } from "./sns-envelope.js";
import { verifySnsSignature } from "./verify-sns-signature.js";

export interface AmazonSesWebhookConfig {
  /**
   * The SNS topics that SES publishes to, such as `arn:aws:sns:eu-central-1:111122223333:mail-events`. Amazon signs for
   * everybody's topics: the signature proves "some topic", and this list "ours".
   */
  readonly topic_arns: readonly string[];
  /** How old a message may be, in seconds. Default one day: SNS tries for an hour at most, and does not sign anew. */
  readonly tolerance_seconds?: number | undefined;
  /**
   * Only for subscriptions with raw message delivery, which carry no signature: the passwords of `https://user:password@`
   * in the endpoint's address, each at least 24 characters. Absent: unsigned requests are refused.
   */
  readonly raw_delivery_secrets?: readonly string[] | undefined;
}

/**
 * Amazon SES through SNS: RSA over the fields of the SNS message, with a certificate that is downloaded from SNS and kept.
 * Sources: "Verifying the signatures of Amazon SNS messages" in the SNS guide, "Contents of event data that Amazon SES
 * publishes to Amazon SNS" in the SES guide; read in October 2026.
 */
export const amazonSesWebhook = defineWebhookAdapter<AmazonSesWebhookConfig>({
  answers: { received: 200, refused: 403, unavailable: 503 },

  async verify(request, { config, now, fetch }) {
    const envelope = readJson(request);
    if (isJsonObject(envelope) && isSnsEnvelope(envelope)) {
      return verifySnsSignature(envelope, { ...config, now, fetch });
    }
    const { topic_arns: topics, raw_delivery_secrets: secrets = [] } = config;
    if (secrets.length === 0) {
      throw new WebhookError("missing", "The request is no message of SNS, and so has no signature.", {
        remedy: "If SNS sent it: switch raw message delivery off at the subscription.",
      });
    }
    const authenticity = await verifySharedSecret(request, { secrets });
    const topic = findHeader(request, "x-amz-sns-topic-arn");
    if (topic !== undefined) assertKnownTopic(topic, topics);
    return authenticity;
  },

  parse: async (request, limits) => parseNotification(readJson(request), limits),
});
