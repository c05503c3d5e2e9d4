import type { Mailbox, PreparedMessage } from "@getfluxly/email-core";
import { encodeWords } from "./encode-words.js";
import { foldHeader } from "./fold-header.js";
import { isAscii } from "./is-ascii.js";
import { toAddressList } from "./to-address-list.js";

/** All of the message's header fields but those that describe its body. */
export function toHeaderFields(message: PreparedMessage, date: Date): string {
  const { headers = {}, listUnsubscribe } = message;
  let fields =
    addressField("From", [message.from]) +
    addressField("To", message.to) +
    addressField("Cc", message.cc) +
    addressField("Reply-To", message.replyTo) +
    textField("Subject", message.subject) +
    // Never folded: some readers expect an id or a URL on the line of its name.
    `Message-ID: <${message.messageId}>\n`;
  if (listUnsubscribe) fields += `List-Unsubscribe: <${listUnsubscribe.url}>\n`;
  if (listUnsubscribe?.oneClick) fields += "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n";
  for (const [name, value] of Object.entries(headers)) fields += textField(name, value);
  return `${fields}Date: ${toDate(date)}\nMIME-Version: 1.0\n`;
}

let lastSecond = Number.NaN;
let lastDate = "";

/** RFC 5322 section 3.3. Thousands of messages share a second, and writing it out takes longer than any other field. */
function toDate(date: Date): string {
  const second = Math.floor(date.getTime() / 1000);
  if (second !== lastSecond) {
    lastDate = date.toUTCString().replace("GMT", "+0000");
    lastSecond = second;
  }
  return lastDate;
}

function addressField(name: string, mailboxes: readonly Mailbox[] = []): string {
  return mailboxes.length === 0 ? "" : `${foldHeader(`${name}: ${toAddressList(mailboxes)}`)}\n`;
}

/** Unstructured (RFC 5322 section 3.2.5). Blanks at its ends belong to no value, and a field of blanks is not allowed. */
function textField(name: string, value: string): string {
  const text = isAscii(value) ? value.trim() : encodeWords(value);
  return text === "" ? "" : `${foldHeader(`${name}: ${text}`)}\n`;
}
