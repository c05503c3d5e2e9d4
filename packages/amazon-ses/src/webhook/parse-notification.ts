import type { WebhookContent, WebhookLimits } from "@getfluxly/email-core";
import {
  defaultWebhookLimits,
  isJsonObject,
  type JsonObject,
  parseItems,
  parseJson,
  textOf,
} from "@getfluxly/email-core/webhook";
import { readEvent } from "./read-event.js";
import { isConfirmationAddress } from "./sns-address.js";
import { isSnsEnvelope, urlOf } from "./sns-envelope.js";

const controls = {
  SubscriptionConfirmation: "subscription-confirmation",
  UnsubscribeConfirmation: "unsubscribe-confirmation",
} as const;

/** A message of SNS, or the content of one, to events or to what SNS asks of us. */
export async function parseNotification(
  body: unknown,
  limits: WebhookLimits = defaultWebhookLimits,
): Promise<WebhookContent> {
  if (!isJsonObject(body) || !isSnsEnvelope(body)) {
    return parseItems("ses", [body], (item) => readEvent(item, undefined, limits), limits);
  }
  if (body.Type === "SubscriptionConfirmation" || body.Type === "UnsubscribeConfirmation") {
    return toControl(body, controls[body.Type]);
  }
  const message = textOf(body.Message) ?? "";
  // What SES publishes once, when a topic is set up.
  if (message.startsWith("Successfully validated SNS topic")) {
    return { events: [], failures: [], control: { type: "ignored", topicArn: textOf(body.TopicArn) } };
  }
  const messageId = textOf(body.MessageId);
  return parseItems("ses", [parseJson(message)], (item) => readEvent(item, messageId, limits), limits);
}

function toControl(
  envelope: JsonObject,
  type: "subscription-confirmation" | "unsubscribe-confirmation",
): WebhookContent {
  const url = urlOf(envelope, "Subscribe");
  const confirmUrl = url !== undefined && isConfirmationAddress(url) ? url : undefined;
  return { events: [], failures: [], control: { type, topicArn: textOf(envelope.TopicArn), confirmUrl } };
}
