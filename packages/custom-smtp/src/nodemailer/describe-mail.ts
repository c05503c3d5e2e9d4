import type { GivenAttachment } from "./given-attachment.js";
import type { NodemailerMail } from "./nodemailer-mail.js";

/** What nodemailer makes of addresses and attachments. All unknown: it passes on what it was given. */
export interface MailDescription {
  readonly from?: unknown;
  readonly sender?: unknown;
  readonly to?: unknown;
  readonly cc?: unknown;
  readonly bcc?: unknown;
  readonly replyTo?: unknown;
  readonly attachments: readonly { readonly filename?: unknown; readonly contentType?: unknown }[];
}

/**
 * Has nodemailer parse the addresses and name the attachments. It reads contents at the same time and writes over what it
 * finds, so it gets data of ours, whose contents are there already.
 */
export function describeMail(
  mail: NodemailerMail,
  given: readonly GivenAttachment[],
): Promise<MailDescription> {
  const attachments = given.map(({ filename, contentType, path, href }) => {
    return { filename, contentType, path, href, content: "-" };
  });
  const data = { attachments };
  return new Promise((resolve, reject) => {
    mail.resolveAll.call({ data, message: mail.message }, (error) => (error ? reject(error) : resolve(data)));
  });
}
