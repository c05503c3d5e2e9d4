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
  toBareAddress,
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
  unsubscribed: (event) => ({ type: "unsubscribed", subscription: readSubscription(event) }),
};

/** Source: https://documentation.mailgun.com/docs/mailgun/user-manual/events/event-structure, read in October 2026. */
export const readPost: ItemReader = (post) => {
  const event = post["event-data"];
  if (!isJsonObject(event)) return "missing-type";
  const word = textOf(event.event);
  if (word === undefined) return "missing-type";
  const { "message-id": messageId } = headersOf(event);
  const [eventId, time, severity] = [textOf(event.id), textOf(event.timestamp), textOf(event.severity)];
  const isAboutMessage = event.message !== undefined || event.recipient !== undefined;
  return {
    nativeType: severity === undefined ? word : `${word}/${severity}`,
    // Its id is unique within a day only.
    id:
      eventId === undefined
        ? [word, textOf(messageId), textOf(event.recipient), time, textOf(event.url)]
        : [eventId, time],
    relayEventId: eventId,
    messageId: textOf(messageId),
    recipients: recipientsOf(event),
    occurredAt: secondsToIsoTime(event.timestamp),
    tags: textsOf(event.tags),
    // A sentence, where the variables could not be read.
    metadata: toMetadata(event["user-variables"]),
    // Mailgun's own, or a message in test mode, which it says to have delivered and did not.
    test:
      isJsonObject(event.flags) &&
      (event.flags["is-system-test"] === true || event.flags["is-test-mode"] === true),
    ...(memberOf(readers, word)?.(event) ?? { type: "other", ...(!isAboutMessage && { scope: "account" }) }),
  };
};

function headersOf({ message }: JsonObject): JsonObject {
  return isJsonObject(message) && isJsonObject(message.headers) ? message.headers : {};
}

/** `rejected` has none of its own: then those of the envelope, else those of the To field. */
function recipientsOf(event: JsonObject): string[] {
  const own = textsOf(event.recipient);
  // Of any other event, the To field would name people whom it is not about.
  if (own.length > 0 || event.event !== "rejected") return own;
  const envelope = isJsonObject(event.message) ? textsOf(event.message.recipients) : [];
  return envelope.length > 0 ? envelope : readAddresses(textOf(headersOf(event).to) ?? "");
}

/** Addresses of a To field; what is in quotes is a name, whatever it looks like. */
function readAddresses(field: string): string[] {
  const mailboxes = field.replace(/"(?:[^"\\]|\\.)*(?:"|$)/g, "").split(/[,;]/);
  return mailboxes
    .map((mailbox) => toBareAddress(mailbox))
    .filter((address) => /^[^\s@]+@[^\s@]+$/.test(address));
}

/** Without a mailing list it is from all mail of the domain, or from a tag: Mailgun does not say which. */
function readSubscription({ "mailing-list": list }: JsonObject): NonNullable<EventDraft["subscription"]> {
  const id = isJsonObject(list) ? (textOf(list.address) ?? textOf(list["list-id"])) : undefined;
  return id === undefined ? { scope: "global" } : { scope: "group", id };
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
