import type { RejectReason } from "@getfluxly/email-core";
import { memberOf } from "@getfluxly/email-core/webhook";

/** Source: https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event#dropped */
const reasons: Readonly<Record<string, RejectReason>> = {
  "bounced address": "previous-bounce",
  "unsubscribed address": "unsubscribed",
  "spam reporting address": "previous-complaint",
  invalid: "invalid-recipient",
  "invalid smtpapi header": "invalid-request",
  "spam content": "content",
  "spam content (if spam checker app is enabled)": "content",
  "recipient list over package quota": "quota",
};

export function dropReasonOf(text = ""): RejectReason {
  return memberOf(reasons, text.toLowerCase()) ?? "other";
}
