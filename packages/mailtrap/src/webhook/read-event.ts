import {
  type EventDraft,
  type ItemReader,
  type JsonObject,
  memberOf,
  readReply,
  secondsToIsoTime,
  textOf,
  textsOf,
  toMetadata,
} from "@getfluxly/email-core/webhook";
import { bounceCategories } from "./bounce-categories.js";

type Reading = Pick<EventDraft, "type"> & Partial<EventDraft>;

const readers: Readonly<Record<string, (event: JsonObject) => Reading>> = {
  delivery: () => ({ type: "delivered" }),
  bounce: (event) => ({ ...readRefusal(event, "permanent"), type: "bounced" }),
  // Ten more tries follow.
  "soft bounce": (event) => ({ ...readRefusal(event, "temporary"), type: "deferred" }),
  suspension: ({ reason }) => {
    const text = textOf(reason) ?? "";
    // The words say which: a limit, or a domain that is not verified.
    const coarseCategory = /limit|verif/i.test(text) ? undefined : "policy";
    return {
      type: "deferred",
      smtp: readReply({ text }),
      evidence: { severity: "temporary", coarseCategory },
    };
  },
  reject: ({ reason }) => {
    const text = textOf(reason);
    return {
      type: "rejected",
      reject: { reason: rejectReasonOf(text), ...(text !== undefined && { text }) },
    };
  },
  open: (event) => ({ type: "opened", engagement: readEngagement(event) }),
  click: (event) => ({ type: "clicked", engagement: readEngagement(event) }),
  spam: () => ({ type: "complained", complaint: {} }),
  unsubscribe: () => ({ type: "unsubscribed", subscription: { scope: "global" } }),
};

/** Source: https://docs.mailtrap.io/email-api-smtp/advanced/webhooks, read in October 2026. */
export const readEvent: ItemReader = (event) => {
  const word = textOf(event.event);
  if (word === undefined) return "missing-type";
  const eventId = textOf(event.event_id);
  const isAccount = word.startsWith("activity_log");
  const category = textOf(event.bounce_category);
  return {
    nativeType: category === undefined ? word : `${word}/${category}`,
    id: eventId ?? [
      word,
      textOf(event.message_id),
      textOf(event.email),
      textOf(event.timestamp),
      textOf(event.description),
    ],
    relayEventId: eventId,
    relayMessageId: textOf(event.message_id),
    recipients: textsOf(event.email),
    occurredAt: secondsToIsoTime(event.timestamp),
    stream: textOf(event.sending_stream),
    tags: textsOf(event.category),
    metadata: toMetadata(event.custom_variables),
    ...(isAccount && { scope: "account" }),
    ...(memberOf(readers, word)?.(event) ?? { type: "other" }),
  };
};

function readRefusal(
  { response, response_code, bounce_category }: JsonObject,
  severity: "permanent" | "temporary",
): Omit<Reading, "type"> {
  const category = memberOf(bounceCategories, textOf(bounce_category)?.toLowerCase() ?? "");
  return {
    smtp: readReply({ text: textOf(response), code: response_code }),
    evidence: { severity, category },
  };
}

function rejectReasonOf(text = "") {
  if (/unsubscri/i.test(text)) return "unsubscribed";
  if (/bounc/i.test(text)) return "previous-bounce";
  if (/complain|spam/i.test(text)) return "previous-complaint";
  return /suppress/i.test(text) ? "suppressed" : "policy";
}

function readEngagement(event: JsonObject): NonNullable<EventDraft["engagement"]> {
  const [url, userAgent, ip] = [textOf(event.url), textOf(event.user_agent), textOf(event.ip)];
  return {
    machine: null,
    ...(url !== undefined && { url }),
    ...(userAgent !== undefined && { userAgent }),
    ...(ip !== undefined && { ip }),
  };
}
