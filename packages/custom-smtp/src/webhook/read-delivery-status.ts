import type { EmailEventType } from "@getfluxly/email-core";
import { type EventDraft, memberOf, readReply } from "@getfluxly/email-core/webhook";
import { fromXtext } from "./from-xtext.js";
import type { Fields } from "./parse-fields.js";
import { readAddress } from "./read-address.js";
import type { Report } from "./report.js";
import { toCorrelationId } from "./to-correlation-id.js";
import { toMailTime } from "./to-mail-time.js";

/** RFC 3464 section 2.3.3. */
const types: Readonly<Record<string, EmailEventType>> = {
  failed: "bounced",
  delayed: "deferred",
  delivered: "delivered",
  relayed: "delivered",
  expanded: "other",
};

/** A delivery status notification (RFC 3464): one block about the message, then one for each recipient. */
export function readDeliveryStatus(blocks: readonly Fields[], report: Report): EventDraft[] {
  const [message, ...others] = blocks;
  // Some leave out the first block.
  const recipients = message?.get("action") === undefined ? others : blocks;
  const envelopeId = message?.get("original-envelope-id");
  const shared = {
    messageId: report.original?.get("message-id"),
    relayMessageId: message?.get("x-postfix-queue-id"),
    correlationId: toCorrelationId(envelopeId && fromXtext(envelopeId), report.recipients),
  };
  return recipients.flatMap((fields) => {
    const action = fields.get("action")?.toLowerCase();
    if (action === undefined) return [];
    const recipient =
      readAddress(fields.get("original-recipient"), true) ??
      readAddress(fields.get("final-recipient"), false);
    const status = fields.get("status");
    const smtp = readDiagnostic(fields.get("diagnostic-code"), status);
    return [
      {
        ...shared,
        type: memberOf(types, action) ?? "other",
        nativeType: action,
        id: [report.id, action, recipient, status],
        recipients: recipient === undefined ? [] : [recipient],
        occurredAt: toMailTime(fields.get("last-attempt-date") ?? report.date),
        smtp,
        // A delay is temporary by its nature, unless its status says as much itself.
        ...(action === "delayed" && smtp?.status?.startsWith("4") && { evidence: { severity: undefined } }),
      },
    ];
  });
}

/** `smtp; 550 5.1.1 ...` is a reply; of other types the words are those of the mail server itself. */
function readDiagnostic(field = "", status: string | undefined): EventDraft["smtp"] {
  const [, type = "", text = field] = /^\s*([\w.-]+)\s*;\s*(.*)$/s.exec(field) ?? [];
  const reply = readReply({ text, status });
  return reply && !/^smtp$/i.test(type) ? { ...reply, code: null } : reply;
}
