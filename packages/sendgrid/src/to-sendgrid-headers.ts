import { type PresetMessage, type RelayHeader, toJsonHeader } from "@getfluxly/email-custom-smtp/preset";
import { findSendGridFaults } from "./find-sendgrid-faults.js";
import type { SendGridMessageOptions } from "./sendgrid-message-options.js";

/**
 * `X-SMTPAPI`, one JSON object, which SendGrid takes out before delivery. `unique_args` come back in every event.
 * Source: https://www.twilio.com/docs/sendgrid/for-developers/sending-email/building-an-x-smtpapi-header
 */
export function toSendGridHeaders({
  message,
  metadata,
  options,
  report,
}: PresetMessage<never, SendGridMessageOptions>): readonly RelayHeader[] {
  findSendGridFaults({ message, metadata, report });
  const { tags = [] } = message;
  const { trackOpens, trackClicks, unsubscribeFooter, bypassListManagement } = options;
  const filters = withoutAbsent({
    opentrack: toFilter(trackOpens),
    clicktrack: toFilter(trackClicks),
    subscriptiontrack: toFilter(unsubscribeFooter),
    bypass_list_management: toFilter(bypassListManagement),
  });
  const instructions = withoutAbsent({
    category: tags.length > 0 ? tags : undefined,
    unique_args: metadata,
    asm_group_id: options.unsubscribeGroupId,
    ip_pool: options.ipPool,
    filters: Object.keys(filters).length > 0 ? filters : undefined,
  });
  return [["X-SMTPAPI", toJsonHeader(instructions)]];
}

const toFilter = (enabled: boolean | undefined): object | undefined =>
  enabled === undefined ? undefined : { settings: { enable: enabled ? 1 : 0 } };

const withoutAbsent = (members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
