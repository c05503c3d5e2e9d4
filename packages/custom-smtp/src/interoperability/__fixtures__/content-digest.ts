import { createHash } from "node:crypto";
import type { EmailMessage } from "@getfluxly/email-core";
import PostalMime from "postal-mime";

/** What a message says to its reader, each part as `NAME SIZE SHA-256`; the kinds of line ends make no difference. */
export type ContentDigest = readonly string[];

export function digestOfSent({ subject, text, html, attachments = [] }: EmailMessage): ContentDigest {
  return toDigest({ subject, text, html, attachments });
}

export async function digestOfArrived(source: Uint8Array): Promise<ContentDigest> {
  const { subject, text, html, attachments } = await PostalMime.parse(source, {
    forceRfc822Attachments: true,
    attachmentEncoding: "arraybuffer",
  });
  return toDigest({
    subject,
    text,
    html,
    attachments: attachments.map(({ filename, mimeType, content, contentId }) => ({
      filename: filename ?? "",
      contentType: mimeType,
      contentId: contentId?.replace(/^<|>$/g, ""),
      content: typeof content === "string" ? Buffer.from(content) : new Uint8Array(content),
    })),
  });
}

function toDigest(content: {
  readonly subject: string | undefined;
  readonly text: string | undefined;
  readonly html: string | undefined;
  readonly attachments: NonNullable<EmailMessage["attachments"]>;
}): ContentDigest {
  return [
    `subject ${content.subject}`,
    ...(["text", "html"] as const).map((kind) => `${kind} ${summary(withLineFeeds(content[kind] ?? ""))}`),
    ...content.attachments.map(({ filename, contentType, contentId, content: bytes }) => {
      // An attached message is not encoded, and so its line ends are the mailbox's.
      const isMessage = contentType.startsWith("message/");
      const exact = isMessage ? withLineFeeds(Buffer.from(bytes).toString("latin1")) : bytes;
      return `${filename} ${contentType} ${contentId ?? "-"} ${summary(exact)}`;
    }),
  ];
}

const summary = (data: string | Uint8Array) =>
  `${data.length} ${createHash("sha256").update(data).digest("hex").slice(0, 16)}`;

/** The last line ends of a part belong to the boundary after it, or to the end of the message. */
const withLineFeeds = (text: string) => text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
