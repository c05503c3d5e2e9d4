import type { BounceCategory } from "@getfluxly/email-core";
import { type JsonObject, memberOf, readReply, textOf } from "@getfluxly/email-core/webhook";
import { readRecipients } from "./read-recipients.js";
import type { Reading } from "./reading.js";

/** `General`, `Undetermined` and `SendingDeferral` do not say why. */
const categories: Readonly<Record<string, BounceCategory>> = {
  MailboxFull: "mailbox-full",
  SpamDetected: "content",
  IPFailure: "reputation",
  TransientCommunicationFailure: "connection",
  RecipientServerError: "system",
  InternalFailure: "system",
  BYOIPHostNameLookupUnavailable: "network",
};

/** One event for each delayed recipient; SES goes on trying. */
export function readDelay(delay: JsonObject, destination: readonly string[]): Reading[] {
  const delayType = textOf(delay.delayType);
  const category = memberOf(categories, delayType ?? "");
  const toReading = (told: JsonObject, recipients: readonly string[]): Reading => ({
    type: "deferred",
    nativeType: delayType === undefined ? "DeliveryDelay" : `DeliveryDelay/${delayType}`,
    recipients,
    smtp: readReply({ text: textOf(told.diagnosticCode), status: told.status }),
    evidence: { category },
  });
  const named = readRecipients(delay.delayedRecipients);
  return named.length === 0
    ? [toReading({}, destination)]
    : named.map(({ address, told }) => toReading(told, [address]));
}
