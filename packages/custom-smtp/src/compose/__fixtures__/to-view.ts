import PostalMime, { type Address, decodeWords, type Email } from "postal-mime";

/** What a recipient's program makes of a message, in a form that two messages can be compared by. */
export type View = Readonly<Record<string, unknown>>;

export async function toView(message: string): Promise<View> {
  const email = await PostalMime.parse(Buffer.from(message, "latin1"));
  const { subject, messageId, date, text, html } = email;
  return {
    from: toMailboxes(email.from && [email.from]),
    to: toMailboxes(email.to),
    cc: toMailboxes(email.cc),
    replyTo: toMailboxes(email.replyTo),
    bcc: toMailboxes(email.bcc),
    subject: toLine(subject),
    messageId,
    date,
    text: toText(text),
    html: toText(html),
    attachments: email.attachments.map(
      ({ filename, mimeType, disposition, contentId, related, content }) => ({
        filename,
        mimeType,
        disposition,
        contentId,
        related,
        content: Buffer.from(content as ArrayBuffer).toString("hex"),
      }),
    ),
    headers: otherHeaders(email),
  };
}

/** Blanks around a subject, name or value mean nothing: whether they survive depends on how it is encoded. */
export function toLine(line: string | undefined): string {
  return (line ?? "").replace(/^ +/, "").replace(/ +$/, "");
}

function toMailboxes(addresses: readonly Address[] = []): Address[] {
  return addresses.map((address) => ({ ...address, name: toLine(address.name) }));
}

/**
 * Line ends at its end are not compared: whether a part ends with one is lost in a single part, which has to end with a
 * line end, and its base64 has none. `to-text-part.test.ts` compares them octet by octet.
 */
export function toText(text: string | undefined): string {
  return (text ?? "").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
}

function otherHeaders({ headers }: Email): string[] {
  const known = /^(?:from|to|cc|reply-to|subject|message-id|date|mime-version|content-.*)$/;
  return headers
    .filter(({ key }) => !known.test(key))
    .map(({ key, value }) => `${key}: ${toLine(decodeWords(value))}`)
    .sort();
}
