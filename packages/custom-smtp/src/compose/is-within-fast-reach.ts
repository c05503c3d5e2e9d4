import type { PreparedMessage } from "@getfluxly/email-core";
import { isAscii } from "./is-ascii.js";
import { isAttachedMessage } from "./is-attached-message.js";

/** RFC 5322 section 3.6.4: message ids in angle brackets, with a space between them. */
const messageIds = /^<[!-;=?-~]+>(?: <[!-;=?-~]+>)*$/;

/**
 * Whether `composeFast` takes a message. Not with addresses that need SMTPUTF8; not with attached messages; not with
 * what a reader could take for an encoded word (RFC 2047), since there nodemailer knows more cases; and not with
 * headers whose values it rewrites. Control characters are refused before, but nothing here should depend on that.
 */
export function isWithinFastReach(message: PreparedMessage): boolean {
  const { envelope, from, to, cc = [], replyTo, text, html, attachments = [], headers = {} } = message;
  if (!text && !html) return false;
  let addresses = envelope.from;
  let line = `${message.subject} ${message.messageId} ${message.listUnsubscribe?.url}`;
  for (const address of envelope.to) addresses += ` ${address}`;
  for (const mailboxes of [[from], to, cc, replyTo]) {
    for (const { name, address } of mailboxes) {
      addresses += ` ${address}`;
      if (name !== undefined) line += ` ${name}`;
    }
  }
  for (const attachment of attachments) {
    if (isAttachedMessage(attachment)) return false;
    line += ` ${attachment.filename} ${attachment.contentType} ${attachment.contentId}`;
  }
  for (const name in headers) {
    const value = headers[name] ?? "";
    if (/^(?:references|in-reply-to)$/i.test(name) && !messageIds.test(value)) return false;
    if (/^otp-token$/i.test(name)) return false;
    line += ` ${name} ${value}`;
  }
  return isAscii(addresses) && !/[\0-\x1f\x7f]|=\?/.test(`${addresses} ${line}`);
}
