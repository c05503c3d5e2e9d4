import type { EmailEvent } from "../contract/index.js";
import { hmacSha256 } from "./hmac-sha256.js";
import { toHex } from "./to-hex.js";

/**
 * A copy for logs and statistics: addresses as HMAC-SHA256 under your key (the same address, the same digest; without the
 * key nobody can try addresses out), no IP address, no user agent, no query strings, no raw item. Tags, metadata and ids
 * stay as they are.
 */
export async function redactEvent(event: EmailEvent, key: string | Uint8Array): Promise<EmailEvent> {
  const hash = async (address: string) =>
    `hmac-sha256:${toHex(await hmacSha256(key, address.toLowerCase()))}`;
  const { engagement, complaint, smtp, reject } = event;
  const copy = {
    ...event,
    recipient: event.recipient === null ? null : await hash(event.recipient),
    recipients: await Promise.all(event.recipients.map(hash)),
    ...(smtp && { smtp: { ...smtp, text: smtp.text && hideAddresses(smtp.text) } }),
    ...(reject && {
      reject: { reason: reject.reason, ...(reject.text && { text: hideAddresses(reject.text) }) },
    }),
    ...(engagement && {
      engagement: {
        machine: engagement.machine,
        ...(engagement.first !== undefined && { first: engagement.first }),
        ...(engagement.url && { url: engagement.url.replace(/[?#].*/s, "") }),
      },
    }),
    ...(complaint && { complaint: complaint.feedbackType ? { feedbackType: complaint.feedbackType } : {} }),
  };
  return Object.defineProperty(copy, "raw", { value: null }) as EmailEvent;
}

/** Replies of servers repeat addresses, and IP addresses of the sender. */
function hideAddresses(text: string): string {
  return text
    .replace(/[^\s<>,;:"()]+@[^\s<>,;:"()]+/g, "<address>")
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, "<ip>");
}
