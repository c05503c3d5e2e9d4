import type { BounceCategory } from "@getfluxly/email-core";
import { type JsonObject, memberOf, readReply, textOf } from "@getfluxly/email-core/webhook";
import { readRecipients } from "./read-recipients.js";
import type { Reading } from "./reading.js";

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

/** One event for each bounced recipient: their reasons differ. */
export function readBounce(bounce: JsonObject, destination: readonly string[]): Reading[] {
  const [type, subType] = [textOf(bounce.bounceType), textOf(bounce.bounceSubType)];
  const nativeType = ["Bounce", type, subType].filter((word) => word !== undefined).join("/");
  const refusal = memberOf(refusals, subType ?? "");
  const severity = memberOf(severities, type ?? "");
  const category = memberOf(categories, subType ?? "");

  const toReading = (told: JsonObject, recipients: readonly string[]): Reading => {
    const text = textOf(told.diagnosticCode);
    if (refusal) {
      const reject = { reason: refusal, ...(text !== undefined && { text }) };
      return { type: "rejected", nativeType, recipients, reject };
    }
    const smtp = readReply({ text, status: told.status });
    // No such domain: SES calls it transient, but the status is right.
    const isNoDomain = smtp?.status === "5.4.4";
    const evidence = { severity: isNoDomain ? undefined : severity, category };
    return { type: "bounced", nativeType, recipients, smtp, evidence };
  };

  const named = readRecipients(bounce.bouncedRecipients);
  return named.length === 0
    ? [toReading({}, destination)]
    : named.map(({ address, told }) => toReading(told, [address]));
}
