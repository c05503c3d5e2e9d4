import {
  type EventDraft,
  isJsonObject,
  type JsonObject,
  memberOf,
  textOf,
  textsOf,
  toBareAddress,
  toIsoTime,
  toMetadata,
} from "@getfluxly/email-core/webhook";
import { readBounce } from "./read-bounce.js";
import { readSuppression } from "./read-suppression.js";
import { toPairs } from "./to-pairs.js";

type Reading = Pick<EventDraft, "type"> & Partial<EventDraft>;

const readers: Readonly<Record<string, (data: JsonObject) => Reading>> = {
  "email.sent": () => ({ type: "accepted" }),
  "email.delivered": () => ({ type: "delivered" }),
  "email.delivery_delayed": () => ({ type: "deferred" }),
  "email.bounced": readBounce,
  "email.complained": () => ({ type: "complained", complaint: {} }),
  "email.opened": ({ open }) => ({ type: "opened", engagement: readEngagement(open) }),
  "email.clicked": ({ click }) => ({ type: "clicked", engagement: readEngagement(click) }),
  "email.failed": ({ failed }) => {
    const reason = isJsonObject(failed) ? textOf(failed.reason) : undefined;
    return { type: "failed", nativeType: reason === undefined ? "email.failed" : `email.failed/${reason}` };
  },
  "email.suppressed": ({ suppressed }) => {
    const text = isJsonObject(suppressed) ? textOf(suppressed.message) : undefined;
    return { type: "rejected", reject: { reason: "suppressed", ...(text !== undefined && { text }) } };
  },
  // Mail to us: its `to` is no recipient of ours.
  "email.received": () => ({ type: "other", scope: "account", recipients: [] }),
  "suppression.added": readSuppression,
  "suppression.removed": ({ email }) => ({ type: "unsuppressed", recipients: textsOf(email) }),
};

/** Source: https://resend.com/docs/dashboard/webhooks/event-types, and `src/webhooks` of resend-node 6; October 2026. */
export function readEvent(item: JsonObject, eventId: string | undefined): EventDraft | "missing-type" {
  const word = textOf(item.type);
  if (word === undefined) return "missing-type";
  const data = isJsonObject(item.data) ? item.data : {};
  const isEmail = word.startsWith("email.");
  return {
    nativeType: word,
    id: eventId ?? [
      word,
      textOf(data.email_id) ?? textOf(data.id),
      ...textsOf(data.to),
      textOf(data.email),
      textOf(item.created_at),
    ],
    relayEventId: eventId,
    relayMessageId: isEmail ? textOf(data.email_id) : undefined,
    // In `data` is when the mail was made; here is when it happened.
    occurredAt: toIsoTime(item.created_at),
    metadata: toMetadata(Object.fromEntries(toPairs(data.tags))),
    ...(isEmail
      ? { messageId: readMessageId(data), recipients: textsOf(data.to).map(toBareAddress) }
      : { scope: word.startsWith("suppression.") ? "recipient" : "account" }),
    ...(memberOf(readers, word)?.(data) ?? { type: "other" }),
  };
}

/** Older payloads have it among the headers only. */
function readMessageId({ message_id, headers }: JsonObject): string | undefined {
  const header = toPairs(headers).find(([name]) => name.toLowerCase() === "message-id");
  return textOf(message_id) ?? textOf(header?.[1]);
}

function readEngagement(told: unknown): NonNullable<EventDraft["engagement"]> {
  const object = isJsonObject(told) ? told : {};
  const [url, userAgent, ip] = [textOf(object.link), textOf(object.userAgent), textOf(object.ipAddress)];
  return {
    machine: null,
    ...(url !== undefined && { url }),
    ...(userAgent !== undefined && { userAgent }),
    ...(ip !== undefined && { ip }),
  };
}
