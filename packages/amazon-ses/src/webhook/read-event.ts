import type { WebhookLimits } from "@getfluxly/email-core";
import {
  type EventDraft,
  type ItemReader,
  isJsonObject,
  type JsonObject,
  memberOf,
  readReply,
  textOf,
  toIsoTime,
} from "@getfluxly/email-core/webhook";
import { readBounce } from "./read-bounce.js";
import { readComplaint } from "./read-complaint.js";
import { readDelay } from "./read-delay.js";
import { readMessageTags } from "./read-message-tags.js";
import { readRecipients } from "./read-recipients.js";
import { readSubscription } from "./read-subscription.js";
import type { Reading } from "./reading.js";

/** What an event says in its own object, and whom the mail went to. */
type Reader = (told: JsonObject, destination: readonly string[]) => readonly Reading[];

/** By the event's name without blanks: it is `Rendering Failure` in events, and without a blank elsewhere. */
const readers: Readonly<Record<string, readonly [member: string, reader: Reader]>> = {
  Send: ["send", (_told, destination) => toEach(destination, { type: "accepted" })],
  Delivery: ["delivery", readDelivery],
  DeliveryDelay: ["deliveryDelay", readDelay],
  Bounce: ["bounce", readBounce],
  Complaint: ["complaint", readComplaint],
  Reject: ["reject", readReject],
  RenderingFailure: ["failure", (_told, destination) => toEach(destination, { type: "failed" })],
  // Which of several opened or clicked is not said.
  Open: ["open", (told, recipients) => [{ type: "opened", recipients, engagement: readEngagement(told) }]],
  Click: ["click", (told, recipients) => [{ type: "clicked", recipients, engagement: readEngagement(told) }]],
  Subscription: ["subscription", readSubscription],
  // Once, when a topic is chosen for the notifications of an identity.
  AmazonSnsSubscriptionSucceeded: ["", () => [{ type: "other", scope: "account" }]],
};

const unknown: readonly [string, Reader] = ["", (_told, recipients) => [{ type: "other", recipients }]];

/**
 * Both forms: events of a configuration set say `eventType`, notifications of an identity `notificationType`.
 * `snsMessageId` is absent for raw message delivery. Source: "Contents of event data that Amazon SES publishes to Amazon
 * SNS" and "Amazon SNS notification contents" in the SES developer guide.
 */
export function readEvent(
  event: JsonObject,
  snsMessageId: string | undefined,
  limits: WebhookLimits,
): ReturnType<ItemReader> {
  const word = textOf(event.eventType) ?? textOf(event.notificationType);
  if (word === undefined) return "missing-type";
  const mail = toObject(event.mail);
  const [member, reader] = memberOf(readers, word.replaceAll(" ", "")) ?? unknown;
  const told = toObject(memberOf(event, member));
  const readings = reader(
    told,
    readRecipients(mail.destination).map(({ address }) => address),
  );
  if (readings.length > limits.items) return "too-many";

  const relayMessageId = textOf(mail.messageId);
  const timestamp = textOf(told.timestamp) ?? textOf(mail.timestamp);
  const shared = {
    nativeType: word,
    relayEventId: snsMessageId,
    relayMessageId,
    messageId: readMessageId(mail),
    occurredAt: toIsoTime(timestamp),
    ...readMessageTags(mail.tags),
  };
  return readings.map((reading): EventDraft => {
    const { recipients = [], subscription } = reading;
    const recipient = recipients.length === 1 ? recipients[0] : null;
    const origin =
      snsMessageId === undefined ? [word, relayMessageId, timestamp, textOf(told.link)] : [snsMessageId];
    return { ...shared, ...reading, id: [...origin, recipient, subscription?.id] };
  });
}

function readDelivery({ recipients, smtpResponse }: JsonObject, destination: readonly string[]): Reading[] {
  const smtp = readReply({ text: textOf(smtpResponse) });
  const named = readRecipients(recipients).map(({ address }) => address);
  // Without names it is one of those that the mail went to, and not all of them.
  if (named.length === 0) return [{ type: "delivered", recipients: destination, smtp }];
  return toEach(named, { type: "delivered", smtp });
}

/** SES found a virus, and sent the mail to nobody. */
function readReject({ reason }: JsonObject, destination: readonly string[]): Reading[] {
  const text = textOf(reason);
  return toEach(destination, {
    type: "rejected",
    reject: { reason: "content", ...(text !== undefined && { text }) },
  });
}

/** What holds for each recipient, as one event for each; one event without any when none is named. */
function toEach(recipients: readonly string[], reading: Reading): Reading[] {
  return recipients.length === 0
    ? [reading]
    : recipients.map((recipient) => ({ ...reading, recipients: [recipient] }));
}

/**
 * Ours, as it was in the mail that SES got; it went out with one of SES. Where the headers are left out, notifications of an
 * identity have it among the common ones; in events, that one is SES's own id.
 */
function readMessageId({ headers, commonHeaders, messageId: sesId }: JsonObject): string | undefined {
  const list: readonly unknown[] = Array.isArray(headers) ? headers : [];
  const header = list.map(toObject).find(({ name }) => textOf(name)?.toLowerCase() === "message-id");
  const common = textOf(toObject(commonHeaders).messageId);
  return textOf(header?.value) ?? (common !== sesId && common?.includes("@") ? common : undefined);
}

function readEngagement(told: JsonObject): NonNullable<EventDraft["engagement"]> {
  const [url, userAgent, ip] = [textOf(told.link), textOf(told.userAgent), textOf(told.ipAddress)];
  return {
    machine: null,
    ...(url !== undefined && { url }),
    ...(userAgent !== undefined && { userAgent }),
    ...(ip !== undefined && { ip }),
  };
}

function toObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
