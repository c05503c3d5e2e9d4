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
import { classifications } from "./classifications.js";
import { dropReasonOf } from "./drop-reason-of.js";
import { reservedNames } from "./reserved-names.js";

type Reading = Pick<EventDraft, "type"> & Partial<EventDraft>;

const readers: Readonly<Record<string, (item: JsonObject) => Reading>> = {
  processed: () => ({ type: "accepted" }),
  delivered: ({ response }) => ({ type: "delivered", smtp: readReply({ text: textOf(response) }) }),
  deferred: (item) => ({
    type: "deferred",
    smtp: readReply({ text: textOf(item.response) ?? textOf(item.reason), status: item.status }),
  }),
  bounce: readBounce,
  // As which it came before it was a type of bounce.
  blocked: (item) => readBounce({ ...item, type: "blocked" }),
  dropped: ({ reason, status }) => {
    const text = textOf(reason);
    return {
      type: "rejected",
      smtp: status === undefined ? undefined : readReply({ status }),
      reject: { reason: dropReasonOf(text), ...(text !== undefined && { text }) },
    };
  },
  open: (item) => {
    const { sg_machine_open: machine } = item;
    return {
      type: "opened",
      engagement: { ...readEngagement(item), machine: typeof machine === "boolean" ? machine : null },
    };
  },
  click: (item) => ({ type: "clicked", engagement: { ...readEngagement(item), machine: null } }),
  spamreport: () => ({ type: "complained", complaint: {} }),
  unsubscribe: () => ({ type: "unsubscribed", subscription: { scope: "global" } }),
  group_unsubscribe: (item) => ({ type: "unsubscribed", subscription: readGroup(item) }),
  group_resubscribe: (item) => ({ type: "resubscribed", subscription: readGroup(item) }),
  account_status_change: () => ({ type: "other", scope: "account" }),
};

/** Source: https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event, read in October 2026. */
export const readItem: ItemReader = (item) => {
  const event = textOf(item.event);
  if (event === undefined) return "missing-type";
  const eventId = textOf(item.sg_event_id);
  const type = event === "bounce" ? textOf(item.type) : undefined;
  const attempt = Number(textOf(item.attempt) ?? Number.NaN);
  return {
    nativeType: type === undefined ? event : `${event}/${type}`,
    id: eventId ?? [
      event,
      textOf(item.sg_message_id),
      textOf(item.email),
      textOf(item.timestamp),
      textOf(item.asm_group_id),
      textOf(item.url),
    ],
    relayEventId: eventId,
    relayMessageId: readMessageId(item),
    // SendGrid's own Message-ID, or ours where the message had one.
    messageId: textOf(item["smtp-id"]),
    recipients: textsOf(item.email),
    occurredAt: secondsToIsoTime(item.timestamp),
    tags: textsOf(item.category),
    metadata: toMetadata(
      isJsonObject(item.unique_args) ? { ...item, ...item.unique_args } : item,
      reservedNames,
    ),
    attempt: Number.isSafeInteger(attempt) ? attempt : undefined,
    ...(memberOf(readers, event)?.(item) ?? { type: "other" }),
  };
};

/** `blocked` is refused this time; a bounce that does not say which is judged by its reply. */
function readBounce({ type, reason, status, bounce_classification }: JsonObject): Reading {
  const severity = type === "bounce" ? "permanent" : type === "blocked" ? "temporary" : undefined;
  const classification = textOf(bounce_classification)?.toLowerCase() ?? "";
  const coarseCategory = memberOf(classifications, classification);
  const smtp = readReply({ text: textOf(reason), status });
  // Without any other word, an invalid address is final.
  const isFinal = !severity && !smtp?.status && !smtp?.code && coarseCategory === "invalid-recipient";
  return { type: "bounced", smtp, evidence: { severity: isFinal ? "permanent" : severity, coarseCategory } };
}

/** Text before the first dot of `sg_message_id`, as in the reply to the send. An asynchronous bounce has none. */
function readMessageId({ sg_message_id, "smtp-id": smtpId }: JsonObject): string | undefined {
  const [id = ""] = textOf(sg_message_id)?.split(".", 1) ?? [];
  if (id !== "" && !id.startsWith("filter")) return id;
  return /^<?([^@<>]+)@[^@<>]*\b(?:ismtpd|sendgrid)[^@<>]*>?$/i.exec(textOf(smtpId) ?? "")?.[1];
}

function readGroup({ asm_group_id }: JsonObject): NonNullable<EventDraft["subscription"]> {
  const id = textOf(asm_group_id);
  return { scope: "group", ...(id !== undefined && { id }) };
}

function readEngagement(item: JsonObject) {
  const [url, userAgent, ip] = [textOf(item.url), textOf(item.useragent), textOf(item.ip)];
  return {
    ...(url !== undefined && { url }),
    ...(userAgent !== undefined && { userAgent }),
    ...(ip !== undefined && { ip }),
  };
}
