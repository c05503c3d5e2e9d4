import type { Attachment } from "@getfluxly/email-core";

/** A message as an attachment (message/rfc822 and the like): its octets may not be encoded (RFC 2046 section 5.2.1). */
export function isAttachedMessage({ contentType }: Attachment): boolean {
  return /^message\//i.test(contentType);
}
