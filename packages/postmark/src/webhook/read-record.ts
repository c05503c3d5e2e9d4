import {
  type EventDraft,
  type ItemReader,
  isJsonObject,
  type JsonObject,
  memberOf,
  readReply,
  textOf,
  textsOf,
  toIsoTime,
  toMetadata,
} from "@getfluxly/email-core/webhook";
import { bounceTypes } from "./bounce-types.js";
import { readSubscriptionChange } from "./read-subscription-change.js";

type Reading = Pick<EventDraft, "type"> & Partial<EventDraft>;

/** By `RecordType`. Its recipient is `Email` where something came back from it, else `Recipient`. */
const readers: Readonly<Record<string, (record: JsonObject) => Reading>> = {
  Delivery: ({ Details }) => ({ type: "delivered", smtp: readReply({ text: textOf(Details) }) }),
  Bounce: readBounce,
  // `TypeCode` is that of SpamNotification in one of Postmark's own samples: the record's type decides.
  SpamComplaint: () => ({ type: "complained", complaint: {} }),
  Open: ({ FirstOpen, ...record }) => ({
    type: "opened",
    engagement: { ...readEngagement(record), ...(typeof FirstOpen === "boolean" && { first: FirstOpen }) },
  }),
  Click: ({ OriginalLink, ...record }) => {
    const url = textOf(OriginalLink);
    return { type: "clicked", engagement: { ...readEngagement(record), ...(url !== undefined && { url }) } };
  },
  SubscriptionChange: readSubscriptionChange,
};

/** Source: https://postmarkapp.com/developer/webhooks/bounce-webhook and its neighbours, read in October 2026. */
export const readRecord: ItemReader = (record) => {
  const recordType = textOf(record.RecordType);
  if (recordType === undefined) return "missing-type";
  const type = textOf(record.Type);
  const recipient = textOf(record.Email) ?? textOf(record.Recipient);
  const time = [record.DeliveredAt, record.BouncedAt, record.ReceivedAt, record.ChangedAt].find(textOf);
  const relayMessageId = textOf(record.MessageID);
  const relayEventId = textOf(record.ID);
  const metadata = toMetadata(record.Metadata);
  const suppresses = typeof record.SuppressSending === "boolean" ? record.SuppressSending : undefined;
  return {
    nativeType: type === undefined ? recordType : `${recordType}/${type}`,
    id: [
      recordType,
      type,
      relayEventId,
      relayMessageId,
      recipient,
      textOf(time),
      textOf(record.OriginalLink),
      suppresses,
    ],
    relayEventId,
    relayMessageId,
    recipients: textsOf(recipient),
    occurredAt: toIsoTime(time),
    stream: textOf(record.MessageStream),
    tags: textsOf(record.Tag),
    metadata,
    correlationId: findCorrelationId(metadata),
    ...(memberOf(readers, recordType)?.(record) ?? { type: "other" }),
  };
};

/** It went out as a header, whose name any server on the way may have written in its own case. */
function findCorrelationId(metadata: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(metadata).find(([key]) => key.toLowerCase() === "gf_id")?.[1];
}

/** A new type of bounce is still a bounce; only how final it is nobody knows. */
function readBounce({ Type, Details, Description, MessageStream }: JsonObject): Reading {
  const smtp = readReply({ text: textOf(Details) ?? textOf(Description) });
  const meaning = memberOf(bounceTypes, textOf(Type) ?? "") ?? { type: "bounced" as const };
  const id = textOf(MessageStream);
  if (!meaning.subscription || id === undefined) return { smtp, ...meaning };
  return { smtp, ...meaning, subscription: { ...meaning.subscription, id } };
}

function readEngagement({ UserAgent, Geo }: JsonObject): NonNullable<EventDraft["engagement"]> {
  const userAgent = textOf(UserAgent);
  const ip = isJsonObject(Geo) ? textOf(Geo.IP) : undefined;
  // Postmark does not say whether a machine opened it.
  return { machine: null, ...(userAgent !== undefined && { userAgent }), ...(ip !== undefined && { ip }) };
}
