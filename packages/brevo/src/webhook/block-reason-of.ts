import type { RejectReason } from "@getfluxly/email-core";

/** Why Brevo did not try: its text names the list that the address is on. */
export function blockReasonOf(text = ""): RejectReason {
  if (/unsubscri/i.test(text)) return "unsubscribed";
  if (/complain|spam/i.test(text)) return "previous-complaint";
  return /bounce/i.test(text) ? "previous-bounce" : "suppressed";
}
