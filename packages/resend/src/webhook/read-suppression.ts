import type { RejectReason } from "@getfluxly/email-core";
import { type EventDraft, type JsonObject, memberOf, textOf, textsOf } from "@getfluxly/email-core/webhook";

const reasons: Readonly<Record<string, RejectReason>> = {
  bounce: "previous-bounce",
  complaint: "previous-complaint",
  manual: "manual",
};

/** The list changed; the bounce or complaint behind it is an event of its own. */
export function readSuppression({
  email,
  origin,
}: JsonObject): Pick<EventDraft, "type"> & Partial<EventDraft> {
  const reason = memberOf(reasons, textOf(origin) ?? "") ?? "suppressed";
  return { type: "suppressed", recipients: textsOf(email), reject: { reason } };
}
