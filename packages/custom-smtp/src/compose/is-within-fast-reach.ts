import type { PreparedMessage } from "@getfluxly/email-core";
import { isAscii } from "./is-ascii.js";
import { isAttachedMessage } from "./is-attached-message.js";

/** Headers that nodemailer knows. It puts message ids into the form below, in which they need no help. */
const knownHeader = /^(?:references|in-reply-to|otp-token)$/i;
const messageIds = /^<[!-;=?-~]+>(?: <[!-;=?-~]+>)*$/;

/**
 * Whether `composeFast` takes a message. Not with addresses that need SMTPUTF8; not with attached messages; not with
 * what a reader could take for an encoded word (RFC 2047), because nodemailer tells more cases apart. Control characters
 * never come from core; they are looked for again because they are what an injected header field begins with.
 */
export function isWithinFastReach(message: PreparedMessage): boolean {
  const { envelope, from, to, cc = [], replyTo, text, html, attachments = [], headers = {} } = message;
  if (!text && !html) return false;
  // What is written as it is, and what may be of any script.
  let literal = `${message.messageId} ${message.listUnsubscribe?.url} ${envelope.from}`;
  let line = message.subject;
  for (const address of envelope.to) literal += ` ${address}`;
  for (const mailboxes of [[from], to, cc, replyTo]) {
    for (const { name, address } of mailboxes) {
      literal += ` ${address}`;
      if (name !== undefined) line += ` ${name}`;
    }
  }
  for (const attachment of attachments) {
    if (isAttachedMessage(attachment)) return false;
    literal += ` ${attachment.contentType} ${attachment.contentId}`;
    line += ` ${attachment.filename}`;
  }
  for (const [name, value] of Object.entries(headers)) {
    if (knownHeader.test(name) && !messageIds.test(value)) return false;
    literal += ` ${name}`;
    line += ` ${value}`;
  }
  return isAscii(literal) && line.isWellFormed() && !/[\0-\x1f\x7f]|=\?/.test(`${literal} ${line}`);
}
