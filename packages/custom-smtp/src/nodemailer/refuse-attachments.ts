import type { Refuse } from "./create-refusal.js";
import type { MailDescription } from "./describe-mail.js";
import type { GivenAttachment } from "./given-attachment.js";

/** What the connector would write otherwise. Hints that ask for what it does anyway are fine. */
export function refuseAttachments(
  given: readonly GivenAttachment[],
  described: MailDescription,
  refuse: Refuse,
): void {
  for (const [index, attachment] of given.entries()) {
    const { filename, raw, headers, cid, contentDisposition, contentTransferEncoding } = attachment;
    const refuseField = (name: keyof GivenAttachment, sentence: string) =>
      refuse(`attachments[${index}].${name}`, sentence, "capability-unsupported");
    if (filename === false) refuseField("filename", "An attachment needs a name.");
    if (raw) refuseField("raw", "Not supported: the connector composes the message itself.");
    if (headers) refuseField("headers", "Not supported: the connector composes the message itself.");

    const contentType = String(described.attachments[index]?.contentType);
    const isMessage = /^message\//i.test(contentType);
    const isShown = isMessage || (Boolean(cid) && /^image\//i.test(contentType));
    const disposition = isShown ? "inline" : "attachment";
    if (contentDisposition && contentDisposition !== disposition) {
      refuseField("contentDisposition", `Only ${disposition} is supported here.`);
    }
    if (contentTransferEncoding === undefined) continue;
    if (isMessage) refuseField("contentTransferEncoding", "Not supported for an attached message.");
    else if (contentTransferEncoding !== "base64") {
      refuseField("contentTransferEncoding", "Only base64 is supported.");
    }
  }
}
