import { type EventDraft, type JsonObject, memberOf, textOf } from "@getfluxly/email-core/webhook";

const origins = { Recipient: "recipient", Customer: "customer", Admin: "admin" } as const;

/**
 * A recipient entered or left the suppression list of a stream. Only what the recipient did is an opt-out or an opt-in; the
 * rest is the relay's list, and the bounce or complaint behind it is an event of its own where the stream has one.
 */
export function readSubscriptionChange(record: JsonObject): Pick<EventDraft, "type"> & Partial<EventDraft> {
  const { SuppressSending, SuppressionReason, Origin, MessageStream } = record;
  const origin = memberOf(origins, textOf(Origin) ?? "");
  const id = textOf(MessageStream);
  const subscription = {
    scope: "stream" as const,
    ...(id !== undefined && { id }),
    ...(origin !== undefined && { origin }),
  };
  const isByRecipient = origin === "recipient";
  if (SuppressSending === false) {
    return { type: isByRecipient ? "resubscribed" : "unsuppressed", subscription };
  }
  if (SuppressSending !== true) return { type: "other" };
  if (SuppressionReason === "HardBounce") {
    return { type: "suppressed", reject: { reason: "previous-bounce" }, subscription };
  }
  if (SuppressionReason === "SpamComplaint") {
    return { type: "suppressed", reject: { reason: "previous-complaint" }, subscription };
  }
  if (isByRecipient) return { type: "unsubscribed", subscription };
  return { type: "suppressed", reject: { reason: "manual" }, subscription };
}
