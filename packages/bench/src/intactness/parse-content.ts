import PostalMime from "postal-mime";

/** What a reader of the mail sees. */
export interface ParsedMessage {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly { readonly filename: string; readonly content: Uint8Array }[];
}

/** Parsed by a library that none of the clients uses. */
export async function parseContent(content: Uint8Array): Promise<ParsedMessage> {
  const mail = await PostalMime.parse(content, { attachmentEncoding: "arraybuffer" });
  return {
    from: mail.from?.address ?? "",
    to: (mail.to ?? []).map(({ address }) => address).join(),
    subject: mail.subject ?? "",
    text: mail.text ?? "",
    attachments: mail.attachments.map(({ filename, content }) => ({
      filename: filename ?? "",
      content: typeof content === "string" ? Buffer.from(content) : new Uint8Array(content),
    })),
  };
}
