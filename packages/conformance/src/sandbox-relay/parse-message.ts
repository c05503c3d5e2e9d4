import { type AddressObject, simpleParser } from "mailparser";
import type { ParsedMailbox, ParsedMessage } from "./captured-message.js";

/** Reads a message the way a mail program would; the conversions that mailparser offers are all off. */
export async function parseMessage(raw: Uint8Array): Promise<ParsedMessage> {
  const parsed = await simpleParser(Buffer.from(raw), {
    keepCidLinks: true,
    keepDeliveryStatus: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
  });
  return {
    from: toMailboxes(parsed.from),
    to: toMailboxes(parsed.to),
    cc: toMailboxes(parsed.cc),
    bcc: toMailboxes(parsed.bcc),
    replyTo: toMailboxes(parsed.replyTo),
    subject: parsed.subject,
    // mailparser says "" where there is no such part.
    text: parsed.text || undefined,
    html: parsed.html === false ? undefined : parsed.html,
    messageId: withoutAngleBrackets(parsed.messageId),
    date: parsed.date,
    headers: toHeaders(parsed.headerLines),
    attachments: parsed.attachments.map((attachment) => ({
      filename: attachment.filename,
      contentType: attachment.contentType,
      content: new Uint8Array(attachment.content),
      contentId: withoutAngleBrackets(attachment.contentId),
      disposition: attachment.contentDisposition,
    })),
  };
}

function toMailboxes(header: AddressObject | AddressObject[] | undefined): ParsedMailbox[] {
  return [header ?? []]
    .flat()
    .flatMap((object) => object.value)
    .flatMap((entry) => entry.group ?? [entry])
    .map((entry) => ({ address: entry.address ?? "", name: entry.name }));
}

function toHeaders(lines: ReadonlyArray<{ readonly key: string; readonly line: string }>) {
  const headers = new Map<string, string[]>();
  for (const { key, line } of lines) {
    const value = line
      .slice(line.indexOf(":") + 1)
      .replace(/\r?\n(?=[ \t])/g, "")
      .trim();
    headers.set(key, [...(headers.get(key) ?? []), value]);
  }
  return headers;
}

const withoutAngleBrackets = (id: string | undefined): string | undefined => id?.replace(/^<(.*)>$/, "$1");
