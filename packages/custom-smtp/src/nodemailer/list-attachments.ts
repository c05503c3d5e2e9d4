import type { GivenAttachment } from "./given-attachment.js";

/** nodemailer takes one that stands alone, too. */
export function listAttachments(given: unknown): GivenAttachment[] {
  const list: unknown[] = Array.isArray(given) ? given : given ? [given] : [];
  return list.map((it) => {
    const attachment: { readonly [Key in keyof GivenAttachment]?: unknown } = Object(it);
    return {
      filename: attachment.filename,
      contentType: attachment.contentType,
      contentDisposition: attachment.contentDisposition,
      contentTransferEncoding: attachment.contentTransferEncoding,
      cid: attachment.cid,
      raw: attachment.raw,
      headers: attachment.headers,
      path: attachment.path,
      href: attachment.href,
      content: attachment.content,
      encoding: attachment.encoding,
      httpHeaders: attachment.httpHeaders,
      tls: attachment.tls,
    };
  });
}
