import type { Attachment, Mailbox, PreparedMessage } from "@getfluxly/email-core";
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
  return (
    Boolean(text || html) &&
    isLiteral(message.messageId) &&
    isLiteral(message.listUnsubscribe?.url ?? "") &&
    isLiteral(envelope.from) &&
    envelope.to.every(isLiteral) &&
    isLine(message.subject) &&
    isPlainMailbox(from) &&
    [to, cc, replyTo].every((mailboxes) => mailboxes.every(isPlainMailbox)) &&
    attachments.every(isPlainAttachment) &&
    Object.entries(headers).every(
      ([name, value]) =>
        isLiteral(name) && isLine(value) && (!knownHeader.test(name) || messageIds.test(value)),
    )
  );
}

const isPlainMailbox = ({ name, address }: Mailbox) =>
  isLiteral(address) && (name === undefined || isLine(name));

const isPlainAttachment = (attachment: Attachment) =>
  !isAttachedMessage(attachment) &&
  isLiteral(attachment.contentType) &&
  isLiteral(attachment.contentId ?? "") &&
  isLine(attachment.filename);

/** Written as it is: visible ASCII. */
const isLiteral = (text: string) => /^[ -~]*$/.test(text) && !text.includes("=?");

/** May be of any script. */
const isLine = (text: string) => isLiteral(text) || (text.isWellFormed() && !/[\0-\x1f\x7f]|=\?/.test(text));
