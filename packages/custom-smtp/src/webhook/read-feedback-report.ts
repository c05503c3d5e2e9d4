import type { EventDraft } from "@getfluxly/email-core/webhook";
import type { Fields } from "./parse-fields.js";
import type { Report } from "./report.js";
import { toCorrelationId } from "./to-correlation-id.js";
import { toMailTime } from "./to-mail-time.js";

/** RFC 5965 section 3.1; `not-spam` is the opposite of a complaint, and `auth-failure` (RFC 6591) is about our records. */
const complaints = ["abuse", "fraud", "virus", "other"];

/** A report of a feedback loop. Only the field that names the recipient counts: To of the message may be anybody. */
export function readFeedbackReport(fields: Fields | undefined, report: Report): EventDraft {
  const feedbackType = fields?.get("feedback-type")?.toLowerCase() ?? "other";
  // Several are candidates.
  const recipients = (fields?.all("original-rcpt-to") ?? []).map((address) => address.replace(/^<|>$/g, ""));
  const userAgent = fields?.get("user-agent");
  const isComplaint = complaints.includes(feedbackType);
  return {
    type: isComplaint ? "complained" : "other",
    nativeType: feedbackType,
    id: [report.id, feedbackType, ...recipients],
    messageId: report.original?.get("message-id"),
    correlationId: toCorrelationId(fields?.get("original-envelope-id"), [
      ...report.recipients,
      fields?.get("original-mail-from") ?? "",
    ]),
    recipients: recipients.filter((address) => address.includes("@")),
    occurredAt: toMailTime(report.date),
    ...(isComplaint && { complaint: { feedbackType, ...(userAgent !== undefined && { userAgent }) } }),
  };
}
