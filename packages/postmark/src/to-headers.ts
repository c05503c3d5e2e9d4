import type { PresetMessage, RelayHeader } from "@getfluxly/email-custom-smtp/preset";
import { findFaults } from "./find-faults.js";
import type { PostmarkMessageOptions } from "./postmark-message-options.js";

/**
 * Postmark's own fields, which it takes out before delivery.
 * Source: https://postmarkapp.com/developer/user-guide/send-email-with-smtp
 */
export function toHeaders({
  message,
  options: { messageStream, trackOpens, trackLinks },
  metadata,
  report,
}: PresetMessage<unknown, PostmarkMessageOptions>): readonly RelayHeader[] {
  findFaults(message, metadata, report);
  const [tag] = message.tags ?? [];
  // Without it the message would get another Message-ID.
  const headers: RelayHeader[] = [["X-PM-KeepID", "true"]];
  if (tag !== undefined) headers.push(["X-PM-Tag", tag]);
  if (messageStream !== undefined) headers.push(["X-PM-Message-Stream", messageStream]);
  if (trackOpens !== undefined) headers.push(["X-PM-TrackOpens", String(trackOpens)]);
  if (trackLinks !== undefined) headers.push(["X-PM-TrackLinks", trackLinks]);
  for (const [key, value] of Object.entries(metadata)) headers.push([`X-PM-Metadata-${key}`, value]);
  return headers;
}
