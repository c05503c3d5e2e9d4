import type { PreparedMessage } from "@getfluxly/email-core";
import type { Segment } from "./segment.js";
import { toAttachmentPart } from "./to-attachment-part.js";
import { toMultipart } from "./to-multipart.js";
import { toTextPart } from "./to-text-part.js";

/** The body with the header fields that describe it: the tree of parts that mail clients show right. */
export function toBody({ text, html, attachments = [] }: PreparedMessage): Segment[] {
  const isInline = ({ contentId }: { contentId?: string | undefined }) =>
    Boolean(html) && contentId !== undefined;
  const inline = attachments.filter(isInline);
  const attached = attachments.filter((attachment) => !isInline(attachment));

  const alternatives: Segment[][] = [];
  if (text) alternatives.push(toTextPart("plain", text));
  if (html) {
    const images = inline.map(toAttachmentPart);
    alternatives.push(toMultipart('related; type="text/html"', [toTextPart("html", html), ...images]));
  }
  return toMultipart("mixed", [toMultipart("alternative", alternatives), ...attached.map(toAttachmentPart)]);
}
