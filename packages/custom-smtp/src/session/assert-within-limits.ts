import { EmailError } from "@getfluxly/email-core";
import type { Extensions } from "./extensions.js";

/** RFC 9422: a relay's own bounds for one transaction. Throws `too-many-recipients`. */
export function assertWithinLimits(limits: Extensions["limits"], recipients: readonly string[]): void {
  const { maxRecipients, maxRecipientDomains } = limits;
  if (maxRecipients !== undefined && recipients.length > maxRecipients) {
    throw tooMany(`${recipients.length} recipients; the relay takes at most ${maxRecipients}`);
  }
  if (maxRecipientDomains === undefined) return;
  const domains = new Set(recipients.map((address) => address.replace(/.*@/, "").toLowerCase()));
  if (domains.size > maxRecipientDomains) {
    throw tooMany(`recipients of ${domains.size} domains; the relay takes at most ${maxRecipientDomains}`);
  }
}

function tooMany(what: string): EmailError {
  return new EmailError({
    code: "too-many-recipients",
    message: `The message has ${what} a message (LIMITS).`,
    stage: "rcpt-to",
  });
}
