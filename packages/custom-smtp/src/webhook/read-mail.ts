import type { WebhookContent, WebhookLimits } from "@getfluxly/email-core";
import { digestId, type EventDraft, toEvent, toWebhookFailure } from "@getfluxly/email-core/webhook";
import PostalMime, { type Email } from "postal-mime";
import { firstLines } from "./first-lines.js";
import { parseFields } from "./parse-fields.js";
import { readDeliveryStatus } from "./read-delivery-status.js";
import { readFeedbackReport } from "./read-feedback-report.js";
import { toMailTime } from "./to-mail-time.js";

/**
 * Reading costs time for each line, however short. A report says what it has to say at the beginning; after this many lines
 * only the text of the returned message can follow, which nobody needs.
 */
const maxLines = 10_000;

/** Of all header fields together; their addresses are slow to read. Real ones stay below 100 KB, which is where Postfix cuts. */
const maxHeaderOctets = 256 * 1024;

/** The message that a report is about. */
const returnedTypes = /^(?:text\/rfc822-headers|message\/(?:rfc822|global|global-headers))$/;

/** A whole message, as a mail server pipes it: a report, an automatic answer, or something else. */
export async function readMail(octets: Uint8Array, limits?: WebhookLimits): Promise<WebhookContent> {
  const beginning = firstLines(octets, maxLines);
  let mail: Email;
  try {
    mail = await PostalMime.parse(beginning, {
      forceRfc822Attachments: true,
      attachmentEncoding: "arraybuffer",
      maxNestingDepth: limits?.depth ?? 32,
      maxHeadersSize: maxHeaderOctets,
    });
  } catch (error) {
    // The parser has no codes of its own.
    const isTooDeep = error instanceof Error && /nesting depth/i.test(error.message);
    return {
      events: [],
      failures: [toWebhookFailure(0, isTooDeep ? "too-deep" : "parser-failed", octets)],
    };
  }
  // Without a Message-ID it is told apart by what is in it.
  const id = mail.messageId || (await digestId("mail", [new TextDecoder("latin1").decode(octets)]));
  const drafts = toDrafts(mail, id);
  if (typeof drafts === "string") return { events: [], failures: [toWebhookFailure(0, drafts, octets)] };
  const wanted = drafts.slice(0, limits?.items);
  const isCut = beginning.length < octets.length && drafts.length > 1 && !textOfPart(mail, returnedTypes);
  const isTooLong = wanted.length < drafts.length || isCut;
  return {
    events: await Promise.all(wanted.map((draft) => toEvent("smtp", draft, octets))),
    failures: isTooLong ? [toWebhookFailure(wanted.length, "too-many", undefined)] : [],
  };
}

function textOfPart({ attachments }: Email, types: RegExp): string | undefined {
  const part = attachments.find(({ mimeType }) => types.test(mimeType));
  return part && (typeof part.content === "string" ? part.content : new TextDecoder().decode(part.content));
}

function toDrafts(mail: Email, id: string): readonly EventDraft[] | "nothing-to-attach-to" {
  const returned = textOfPart(mail, returnedTypes);
  const original = parseFields(returned ?? "")[0];
  const report = { id, date: mail.date, recipients: addressesOf(mail), original };
  const status = textOfPart(mail, /^message\/(?:global-)?delivery-status$/);
  if (status !== undefined) {
    const drafts = readDeliveryStatus(parseFields(status), report);
    return drafts.length > 0 ? drafts : "nothing-to-attach-to";
  }
  const feedback = textOfPart(mail, /^message\/feedback-report$/);
  if (feedback !== undefined) return [readFeedbackReport(parseFields(feedback)[0], report)];
  return [readOther(mail, id)];
}

/** RFC 3834: an automatic answer says so. Free text, whatever it says, is no report. */
function readOther({ headers, from, inReplyTo, date }: Email, id: string): EventDraft {
  const automatic = headers.find(({ key }) => key === "auto-submitted")?.value ?? "";
  const isReply = /^\s*auto-replied\b/i.test(automatic);
  return {
    type: isReply ? "autoreplied" : "other",
    nativeType: isReply ? "auto-replied" : "mail",
    id: [id, from?.address, date],
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
