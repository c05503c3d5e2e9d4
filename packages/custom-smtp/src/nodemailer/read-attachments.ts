import type { Attachment } from "@getfluxly/email-core";
import type { MailDescription } from "./describe-mail.js";
import type { GivenAttachment } from "./given-attachment.js";
import type { NodemailerMail } from "./nodemailer-mail.js";
import { readContent } from "./read-content.js";

/** One after the other, as nodemailer does. */
export async function readAttachments(
  mail: NodemailerMail,
  given: readonly GivenAttachment[],
  described: MailDescription,
): Promise<Attachment[]> {
  const attachments: Attachment[] = [];
  for (const [index, attachment] of given.entries()) {
    const { filename, contentType } = described.attachments[index] ?? {};
    attachments.push({
      filename: String(filename),
      contentType: String(contentType),
      content: await readContent(mail, attachment, `attachments[${index}]`),
      contentId: attachment.cid ? String(attachment.cid).replace(/^<|>$/g, "") : undefined,
    });
  }
  return attachments;
}
