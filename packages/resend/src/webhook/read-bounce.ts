import type { BounceCategory } from "@getfluxly/email-core";
import {
  type EventDraft,
  isJsonObject,
  type JsonObject,
  memberOf,
  readReply,
  textOf,
  textsOf,
} from "@getfluxly/email-core/webhook";

const severities: Readonly<Record<string, "permanent" | "temporary">> = {
  Permanent: "permanent",
  Transient: "temporary",
};

/** Sub-types that say why; `General` and `Undetermined` do not. */
const categories: Readonly<Record<string, BounceCategory>> = {
  NoEmail: "invalid-recipient",
  MailboxFull: "mailbox-full",
  MessageTooLarge: "too-large",
  ContentRejected: "content",
  AttachmentRejected: "content",
  CustomTimeoutExceeded: "expired",
};

/** Never tried, although it comes as a bounce. */
const refusals: Readonly<Record<string, "suppressed" | "unsubscribed">> = {
  Suppressed: "suppressed",
  OnAccountSuppressionList: "suppressed",
  UnsubscribedRecipient: "unsubscribed",
};

/** Resend sends through Amazon SES, and its types and sub-types are those of SES. */
export function readBounce(data: JsonObject): Pick<EventDraft, "type"> & Partial<EventDraft> {
  const bounce = isJsonObject(data.bounce) ? data.bounce : {};
  const [type, subType, message] = [textOf(bounce.type), textOf(bounce.subType), textOf(bounce.message)];
  const nativeType = ["email.bounced", type, subType].filter((word) => word !== undefined).join("/");
  const reason = memberOf(refusals, subType ?? "");
  if (reason) {
    return {
      type: "rejected",
      nativeType,
      reject: { reason, ...(message !== undefined && { text: message }) },
    };
  }
  const smtp = findReply([...textsOf(bounce.diagnosticCode), ...textsOf(message)]);
  // No such domain, which SES calls transient: here the status is right.
  const severity = smtp?.status === "5.4.4" ? undefined : memberOf(severities, type ?? "");
  const category = memberOf(categories, subType ?? "");
  return { type: "bounced", nativeType, smtp, evidence: { severity, category } };
}

/** The first text that is a reply. A mere sentence is help for people, in which words such as "reputation" prove nothing. */
function findReply(texts: readonly string[]): EventDraft["smtp"] {
  return texts
    .map((text) => readReply({ text }))
    .find((reply) => reply && (reply.code !== null || reply.status !== null));
}
