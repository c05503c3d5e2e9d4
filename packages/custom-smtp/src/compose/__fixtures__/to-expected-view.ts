import type { Attachment, Mailbox, PreparedMessage } from "@getfluxly/email-core";
import { date } from "./prepare.js";
import { toLine, toText, type View } from "./to-view.js";

/** What `toView` must make of a message, from the message alone. */
export function toExpectedView(message: PreparedMessage): View {
  const { from, to, cc = [], replyTo, subject, messageId, text, html, attachments = [] } = message;
  const isRelated = ({ contentId }: Attachment) => Boolean(html) && contentId !== undefined;
  const inTree = [...attachments.filter(isRelated), ...attachments.filter((one) => !isRelated(one))];
  return {
    from: [from].map(toMailbox),
    to: to.map(toMailbox),
    cc: cc.map(toMailbox),
    replyTo: replyTo.map(toMailbox),
    bcc: [],
    subject: toLine(subject),
    messageId: `<${messageId}>`,
    date: new Date(Math.floor(date.getTime() / 1000) * 1000).toISOString(),
    text: toDecoded(text),
    html: toDecoded(html),
    attachments: inTree.map((attachment) => ({
      filename: attachment.filename,
      mimeType: attachment.contentType.toLowerCase(),
      disposition: attachment.contentId && /^image/i.test(attachment.contentType) ? "inline" : "attachment",
      contentId: attachment.contentId && `<${attachment.contentId}>`,
      related: isRelated(attachment) || undefined,
      content: Buffer.from(attachment.content).toString("hex"),
    })),
    headers: headersOf(message),
  };
}

const toMailbox = ({ name = "", address }: Mailbox) => ({ address, name: toLine(name) });

/** A decoder of UTF-8 takes a mark at the start for a byte order mark. */
const toDecoded = (text: string | undefined) => toText(text?.replace(/^\ufeff/, ""));

function headersOf({ headers = {}, listUnsubscribe }: PreparedMessage): string[] {
  const lines = Object.entries(headers)
    .filter(([, value]) => toLine(value) !== "")
    .map(([name, value]) => `${name.toLowerCase()}: ${toLine(value)}`);
  if (listUnsubscribe) lines.push(`list-unsubscribe: <${listUnsubscribe.url}>`);
  if (listUnsubscribe?.oneClick) lines.push("list-unsubscribe-post: List-Unsubscribe=One-Click");
  return lines.sort();
}
