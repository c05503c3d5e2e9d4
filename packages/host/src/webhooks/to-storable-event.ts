import { createHash } from "node:crypto";
import type { EmailEvent } from "@getfluxly/email-core";

/** RFC 5321 section 4.5.3.1: 64 octets, an @, 255 octets. */
const maxAddressLength = 320;
const maxIdLength = 512;

/**
 * The event as a database can keep it, whatever a relay wrote into it: PostgreSQL has neither NUL nor half a surrogate pair
 * in texts, and no long texts in an index. One such event would keep its whole request from being processed.
 */
export function toStorableEvent(event: EmailEvent): EmailEvent {
  const clean: EmailEvent = JSON.parse(
    // The pair of backslashes is matched first, so that a text which only looks like an escape stays as it is.
    JSON.stringify(event).replace(/\\\\|\\u(?:0000|d[89a-f][\da-f]{2})/g, (found) =>
      found === "\\\\" ? found : "\\ufffd",
    ),
  );
  const isAddress = (text: string) => text.length <= maxAddressLength;
  return {
    ...clean,
    id: clean.id.length <= maxIdLength ? clean.id : `${clean.relay}:${sha256(event.id)}`,
    recipient: clean.recipient !== null && isAddress(clean.recipient) ? clean.recipient : null,
    recipients: clean.recipients.filter(isAddress),
  };
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
