import {
  type EventDraft,
  type ItemReader,
  isJsonObject,
  type JsonObject,
  memberOf,
  readReply,
  secondsToIsoTime,
  textOf,
  textsOf,
  toMetadata,
} from "@getfluxly/email-core/webhook";
import { readFailure } from "./read-failure.js";

type Reading = Pick<EventDraft, "type"> & Partial<EventDraft>;

const readers: Readonly<Record<string, (event: JsonObject) => Reading>> = {
  accepted: () => ({ type: "accepted" }),
  delivered: (event) => ({ type: "delivered", smtp: readDeliveryStatus(event) }),
  failed: (event) => readFailure(event, readDeliveryStatus(event)),
  rejected: ({ reject }) => {
    const text = isJsonObject(reject) ? (textOf(reject.reason) ?? textOf(reject.description)) : undefined;
    return { type: "rejected", reject: { reason: "policy", ...(text !== undefined && { text }) } };
  },
  opened: (event) => ({ type: "opened", engagement: readEngagement(event) }),
  clicked: (event) => ({ type: "clicked", engagement: readEngagement(event) }),
  complained: () => ({ type: "complained", complaint: {} }),
  unsubscribed: () => ({ type: "unsubscribed", subscription: { scope: "global" } }),
};

/** Source: https://documentation.mailgun.com/docs/mailgun/user-manual/events/event-structure, read in October 2026. */
export const readPost: ItemReader = (post) => {
  const event = post["event-data"];
  if (!isJsonObject(event)) return "missing-type";
  const word = textOf(event.event);
  if (word === undefined) return "missing-type";
  const { "message-id": messageId, to } = headersOf(event);
  const severity = textOf(event.severity);
  const isAboutMessage = event.message !== undefined || event.recipient !== undefined;
  return {
    nativeType: severity === undefined ? word : `${word}/${severity}`,
    // Unique within a day only.
    id: [textOf(event.id), textOf(event.timestamp)],
    relayEventId: textOf(event.id),
    messageId: textOf(messageId),
    recipients: event.recipient === undefined ? readAddresses(textOf(to) ?? "") : textsOf(event.recipient),
    occurredAt: secondsToIsoTime(event.timestamp),
    tags: textsOf(event.tags),
    // A sentence, where the variables could not be read.
    metadata: toMetadata(event["user-variables"]),
    ...(memberOf(readers, word)?.(event) ?? { type: "other", ...(!isAboutMessage && { scope: "account" }) }),
  };
};

function headersOf({ message }: JsonObject): JsonObject {
  return isJsonObject(message) && isJsonObject(message.headers) ? message.headers : {};
}

/** Addresses of a To field. */
function readAddresses(field: string): string[] {
  return field.match(/[^\s<>,;:"()]+@[^\s<>,;:"()]+/g) ?? [];
}

function readDeliveryStatus({ "delivery-status": status }: JsonObject): EventDraft["smtp"] {
  if (!isJsonObject(status)) return undefined;
  const text = textOf(status.message) ?? textOf(status.description);
  return readReply({ text, code: status.code, status: textOf(status["enhanced-code"]) });
}

function readEngagement(event: JsonObject): NonNullable<EventDraft["engagement"]> {
  const client = isJsonObject(event["client-info"]) ? event["client-info"] : {};
  const [url, userAgent, ip] = [textOf(event.url), textOf(client["user-agent"]), textOf(event.ip)];
  return {
    // The name of a bot, or empty where it was none.
    machine: typeof client.bot === "string" ? client.bot !== "" : null,
    ...(url !== undefined && { url }),
    ...(userAgent !== undefined && { userAgent }),
    ...(ip !== undefined && { ip }),
  };
}
