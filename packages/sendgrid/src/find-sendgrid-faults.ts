import { type PresetMessage, toJsonHeader } from "@getfluxly/email-custom-smtp/preset";
import { reservedNames } from "./webhook/reserved-names.js";

/** Of the JSON text of `unique_args`. */
const uniqueArgsBytes = 10_000;

/** So that a value fits into a line of 998 (RFC 5322), with what JSON puts around it. */
const valueCharacters = 900;

/**
 * What SendGrid would bounce, cut or hide behind a name of its own.
 * Source: https://www.twilio.com/docs/sendgrid/for-developers/sending-email/building-an-x-smtpapi-header
 */
export function findSendGridFaults({
  message: { tags = [] },
  metadata,
  report,
}: Pick<PresetMessage<never, never>, "message" | "metadata" | "report">): void {
  for (const [index, tag] of tags.entries()) {
    if (!/^[ -~]+$/.test(tag)) report(`tags[${index}]`, "SendGrid takes ASCII for a category.");
  }
  for (const [key, value] of Object.entries(metadata)) {
    if (reservedNames.has(key)) {
      report(`metadata.${key}`, "SendGrid's events have a member of that name, which would hide it.");
    }
    const { length } = toJsonHeader(value);
    if (length > valueCharacters) {
      report(
        `metadata.${key}`,
        `Needs ${length} characters in a header, where all but ASCII takes six each; ${valueCharacters} fit into its line.`,
      );
    }
  }
  const { length } = toJsonHeader(metadata);
  if (length > uniqueArgsBytes) {
    report("metadata", `Needs ${length} bytes as JSON, and SendGrid takes ${uniqueArgsBytes}.`);
  }
}
