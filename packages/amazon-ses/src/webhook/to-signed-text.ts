import { type JsonObject, WebhookError } from "@getfluxly/email-core/webhook";
import { urlOf } from "./sns-envelope.js";

/**
 * What SNS signed: names and values of these fields, a line each, in this order. Only `Message` may have line breaks: were
 * they possible elsewhere, one signed text would be that of several messages.
 */
export function toSignedText(envelope: JsonObject): string {
  const isNotification = envelope.Type === "Notification";
  const fields: readonly (readonly [name: string, value: unknown])[] = [
    ["Message", envelope.Message],
    ["MessageId", envelope.MessageId],
    ["Subject", envelope.Subject ?? undefined],
    ["SubscribeURL", isNotification ? undefined : urlOf(envelope, "Subscribe")],
    ["Timestamp", envelope.Timestamp],
    ["Token", isNotification ? undefined : envelope.Token],
    ["TopicArn", envelope.TopicArn],
    ["Type", envelope.Type],
  ];
  return fields
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      if (typeof value !== "string" || (name !== "Message" && /[\r\n]/.test(value))) {
        throw new WebhookError("malformed", `${name} of the SNS message is not one line of text.`);
      }
      return `${name}\n${value}\n`;
    })
    .join("");
}
