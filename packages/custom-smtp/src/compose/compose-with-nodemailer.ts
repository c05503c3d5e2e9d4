import type { Mailbox, PreparedMessage } from "@getfluxly/email-core";
import MailComposer from "nodemailer/lib/mail-composer";
import type { Content } from "../session/content.js";
import { isAscii } from "./is-ascii.js";
import { isAttachedMessage } from "./is-attached-message.js";
import type { RelayHeader } from "./relay-header.js";
import { stuffContent } from "./stuff-content.js";
import { toBuffer } from "./to-buffer.js";
import { toRelayFields } from "./to-relay-fields.js";

/**
 * A prepared message as octets. nodemailer's MailComposer does the MIME; what it is given is listed field by field, its
 * access to files and URLs is off, and the recipients in `bcc` never reach it.
 */
export async function composeWithNodemailer(
  message: PreparedMessage,
  date: Date,
  relayHeaders: readonly RelayHeader[] = [],
): Promise<Content> {
  const composer = new MailComposer({
    disableFileAccess: true,
    disableUrlAccess: true,
    from: toAddress(message.from),
    to: message.to.map(toAddress),
    cc: message.cc?.map(toAddress),
    replyTo: message.replyTo.map(toAddress),
    subject: message.subject,
    messageId: `<${message.messageId}>`,
    date,
    text: message.text,
    html: message.html,
    headers: headersOf(message),
    attachments: message.attachments?.map((attachment) => ({
      filename: attachment.filename,
      contentType: attachment.contentType,
      content: toBuffer(attachment.content),
      cid: attachment.contentId,
      // An attached message may not be encoded (RFC 2046 section 5.2.1); everything else survives any relay as base64.
      ...(!isAttachedMessage(attachment) && { contentTransferEncoding: "base64" as const }),
    })),
  });
  const composed = await composer.compile().build();
  const relayFields = Buffer.from(toRelayFields(relayHeaders));
  const bytes = relayFields.length === 0 ? composed : Buffer.concat([relayFields, composed]);
  const { stuffed, size } = stuffContent(bytes);
  const headerEnd = bytes.indexOf("\r\n\r\n");
  return {
    pieces: [stuffed],
    size,
    eightBit: !hasOnlyAscii(bytes),
    smtpUtf8:
      !hasOnlyAscii(bytes.subarray(0, headerEnd < 0 ? bytes.length : headerEnd)) ||
      ![message.envelope.from, ...message.envelope.to].every(isAscii),
  };
}

const toAddress = ({ name, address }: Mailbox) => ({ name: name ?? "", address });

function headersOf({ headers, listUnsubscribe }: PreparedMessage) {
  const own = Object.entries(headers ?? {}).map(([key, value]) =>
    // MailComposer encodes a quote away, and so breaks a structured value such as that of List-ID. A prepared value it
    // does not clean, so this one has to be visible ASCII.
    value.includes('"') &&
    !value.includes("=?") &&
    /^[ -~]*$/.test(value) &&
    !/^(?:references|in-reply-to)$/i.test(key)
      ? { key, value: { prepared: true, foldLines: true, value } }
      : { key, value },
  );
  if (listUnsubscribe) own.push({ key: "List-Unsubscribe", value: `<${listUnsubscribe.url}>` });
  if (listUnsubscribe?.oneClick) {
    own.push({ key: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" });
  }
  return own;
}

/** Searched by the engine, not octet by octet. */
function hasOnlyAscii(bytes: Buffer): boolean {
  return bytes.toString("latin1").search(/[^\x00-\x7f]/) < 0;
}
