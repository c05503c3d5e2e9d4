import type { WebhookContent, WebhookLimits } from "@getfluxly/email-core";
import { type EventDraft, toEvent, toWebhookFailure } from "@getfluxly/email-core/webhook";
import PostalMime, { type Email } from "postal-mime";
import { parseFields } from "./parse-fields.js";
import { readDeliveryStatus } from "./read-delivery-status.js";
import { readFeedbackReport } from "./read-feedback-report.js";
import { toMailTime } from "./to-mail-time.js";

/** A whole message, as a mail server pipes it: a report, an automatic answer, or something else. */
export async function readMail(octets: Uint8Array, limits?: WebhookLimits): Promise<WebhookContent> {
  let mail: Email;
  try {
    mail = await PostalMime.parse(octets, {
      forceRfc822Attachments: true,
      attachmentEncoding: "arraybuffer",
      maxNestingDepth: limits?.depth ?? 32,
    });
  } catch {
    return { events: [], failures: [toWebhookFailure(0, "too-deep", octets)] };
  }
  const drafts = toDrafts(mail);
  if (typeof drafts === "string") return { events: [], failures: [toWebhookFailure(0, drafts, octets)] };
  const wanted = drafts.slice(0, limits?.items);
  return {
    events: await Promise.all(wanted.map((draft) => toEvent("smtp", draft, octets))),
    failures: wanted.length < drafts.length ? [toWebhookFailure(wanted.length, "too-many", undefined)] : [],
  };
}

function toDrafts(mail: Email): readonly EventDraft[] | "nothing-to-attach-to" {
  const textOfPart = (types: RegExp) => {
    const part = mail.attachments.find(({ mimeType }) => types.test(mimeType));
    return part && (typeof part.content === "string" ? part.content : new TextDecoder().decode(part.content));
  };
  const returned = textOfPart(/^(?:text\/rfc822-headers|message\/(?:rfc822|global|global-headers))$/);
  const original = parseFields(returned ?? "")[0];
  const report = { id: mail.messageId ?? "", date: mail.date, recipients: addressesOf(mail), original };
  const status = textOfPart(/^message\/(?:global-)?delivery-status$/);
  if (status !== undefined) {
    const drafts = readDeliveryStatus(parseFields(status), report);
    return drafts.length > 0 ? drafts : "nothing-to-attach-to";
  }
  const feedback = textOfPart(/^message\/feedback-report$/);
  if (feedback !== undefined) return [readFeedbackReport(parseFields(feedback)[0], report)];
  return [readOther(mail)];
}

/** RFC 3834: an automatic answer says so. Free text, whatever it says, is no report. */
function readOther({ headers, from, inReplyTo, messageId, date }: Email): EventDraft {
  const automatic = headers.find(({ key }) => key === "auto-submitted")?.value ?? "";
  const isReply = /^\s*auto-replied\b/i.test(automatic);
  return {
    type: isReply ? "autoreplied" : "other",
    nativeType: isReply ? "auto-replied" : "mail",
    id: [messageId, from?.address, date],
    messageId: isReply ? inReplyTo : undefined,
    recipients: isReply && from?.address ? [from.address] : [],
    occurredAt: toMailTime(date),
  };
}

/** To whom the report was sent: a bounce address may tell which message it is about. */
function addressesOf({ to = [], deliveredTo, headers }: Email): string[] {
  const original = headers.find(({ key }) => key === "x-original-to")?.value;
  return [...to.flatMap(({ address }) => address ?? []), deliveredTo ?? [], original ?? []].flat();
}
