import type { BounceCategory, RejectReason } from "@getfluxly/email-core";
import {
  type EventDraft,
  isJsonObject,
  type JsonObject,
  memberOf,
  textOf,
} from "@getfluxly/email-core/webhook";

/** Mailgun's own codes and reasons for what it did not try. */
const notTried: Readonly<Record<string, RejectReason>> = {
  "605": "previous-bounce",
  "606": "unsubscribed",
  "607": "previous-complaint",
  "625": "policy",
  "suppress-bounce": "previous-bounce",
  "suppress-unsubscribe": "unsubscribed",
  "suppress-complaint": "previous-complaint",
};

const categories: Readonly<Record<string, BounceCategory>> = {
  greylisted: "greylisted",
  espblock: "reputation",
  blacklisted: "reputation",
  old: "expired",
};

/** `failed`: for now, for good, or never tried. */
export function readFailure(
  { severity, reason, "delivery-status": status }: JsonObject,
  smtp: EventDraft["smtp"],
): Pick<EventDraft, "type"> & Partial<EventDraft> {
  const word = textOf(reason) ?? "";
  const code = isJsonObject(status) ? textOf(status.code) : undefined;
  const attempt = isJsonObject(status) ? Number(textOf(status["attempt-no"]) ?? Number.NaN) : Number.NaN;
  const shared = { smtp, ...(Number.isSafeInteger(attempt) && { attempt }) };
  if (severity === "temporary") {
    return { ...shared, type: "deferred", evidence: { severity, category: memberOf(categories, word) } };
  }
  const rejection = memberOf(notTried, code ?? "") ?? memberOf(notTried, word);
  if (rejection !== undefined) {
    const text = smtp?.text ?? undefined;
    return {
      ...shared,
      type: "rejected",
      reject: { reason: rejection, ...(text !== undefined && { text }) },
    };
  }
  const known = severity === "permanent" ? severity : undefined;
  return { ...shared, type: "bounced", evidence: { severity: known, category: memberOf(categories, word) } };
}
