import type { EmailEventType } from "@getfluxly/email-core";
import {
  type EventDraft,
  type ItemReader,
  isJsonObject,
  type JsonObject,
  readReply,
  textOf,
  textsOf,
  toIsoTime,
  toMetadata,
} from "@getfluxly/email-core/webhook";
import { oneOf } from "./one-of.js";
import {
  bounceCategories,
  eventTypes,
  origins,
  rejectReasons,
  severities,
  subscriptionScopes,
} from "./words.js";

/** Names are those of `EmailEvent` in snake_case. Unknown members are passed over, unknown words become `other` or `unknown`. */
export const readItem: ItemReader = (item) => {
  const word = textOf(item.type);
  if (word === undefined) return "missing-type";
  const recipients = [...textsOf(item.recipient), ...textsOf(item.recipients)];
  const [messageId, relayMessageId, correlationId] = [
    textOf(item.message_id),
    textOf(item.relay_message_id),
    textOf(item.correlation_id),
  ];
  if (recipients.length === 0 && !messageId && !relayMessageId && !correlationId)
    return "nothing-to-attach-to";
  const eventId = textOf(item.event_id);
  const type: EmailEventType = oneOf(eventTypes, word) ?? "other";
  const attempt = Number(textOf(item.attempt) ?? Number.NaN);
  return {
    type,
    nativeType: textOf(item.native_type) ?? word,
    id: eventId ?? [JSON.stringify(item)],
    relayEventId: eventId,
    messageId,
    relayMessageId,
    correlationId,
    recipients,
    occurredAt: toIsoTime(item.occurred_at),
    smtp: isJsonObject(item.smtp)
      ? readReply({ text: textOf(item.smtp.text), code: item.smtp.code, status: item.smtp.status })
      : undefined,
    ...readDetails(type, item),
    ...(Number.isSafeInteger(attempt) && { attempt }),
    stream: textOf(item.stream),
    tags: textsOf(item.tags),
    metadata: toMetadata(item.metadata),
    test: item.test === true,
  };
};

/** What only some types have. */
function readDetails(type: EmailEventType, item: JsonObject): Partial<EventDraft> {
  const memberOf = (name: string): JsonObject => (isJsonObject(item[name]) ? item[name] : {});
  switch (type) {
    case "bounced":
    case "deferred": {
      const { severity, category } = memberOf("bounce");
      const evidence = { severity: oneOf(severities, severity), category: oneOf(bounceCategories, category) };
      return {
        evidence: evidence.severity || type === "bounced" ? evidence : { category: evidence.category },
      };
    }
    case "rejected":
    case "suppressed": {
      const { reason, text } = memberOf("reject");
      const words = textOf(text);
      return {
        reject: {
          reason: oneOf(rejectReasons, reason) ?? "other",
          ...(words !== undefined && { text: words }),
        },
      };
    }
    case "opened":
    case "clicked": {
      const { machine, first, ...engagement } = memberOf("engagement");
      const [url, userAgent, ip] = [
        textOf(engagement.url),
        textOf(engagement.user_agent),
        textOf(engagement.ip),
      ];
      return {
        engagement: {
          machine: typeof machine === "boolean" ? machine : null,
          ...(typeof first === "boolean" && { first }),
          ...(url !== undefined && { url }),
          ...(userAgent !== undefined && { userAgent }),
          ...(ip !== undefined && { ip }),
        },
      };
    }
    case "complained": {
      const { feedback_type, user_agent } = memberOf("complaint");
      const [feedbackType, userAgent] = [textOf(feedback_type), textOf(user_agent)];
      return {
        complaint: {
          ...(feedbackType !== undefined && { feedbackType }),
          ...(userAgent !== undefined && { userAgent }),
        },
      };
    }
    case "unsubscribed":
    case "resubscribed": {
      const { scope, origin, ...subscription } = memberOf("subscription");
      const id = textOf(subscription.id);
      const who = oneOf(origins, origin);
      return {
        subscription: {
          scope: oneOf(subscriptionScopes, scope) ?? "global",
          ...(id !== undefined && { id }),
          ...(who !== undefined && { origin: who }),
        },
      };
    }
    default:
      return {};
  }
}
