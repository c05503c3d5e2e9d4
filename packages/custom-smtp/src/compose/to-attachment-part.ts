import type { Attachment } from "@getfluxly/email-core";
import { encodeParameter } from "./encode-parameter.js";
import { encodeWords } from "./encode-words.js";
import { isAscii } from "./is-ascii.js";
import type { Segment } from "./segment.js";
import { toBuffer } from "./to-buffer.js";

/** With the name of its parameter it fits a line. */
const plainCharacters = 60;

/** As base64, which survives any relay. An image with an id is shown where the HTML refers to it. */
export function toAttachmentPart(attachment: Attachment): [fields: string, body: Segment] {
  const { filename, contentType, content, contentId } = attachment;
  const disposition = contentId !== undefined && /^image\//i.test(contentType) ? "inline" : "attachment";
  // `filename` is the standard; `name` is for old readers, which decode words in it (RFC 2047 forbids it, all do it).
  const isPlain = isAscii(filename) && filename.length <= plainCharacters && !/["\\]/.test(filename);
  const name = isPlain ? filename : encodeWords(filename).replaceAll(" ", "\n ");
  const parameters = isPlain ? [`filename="${filename}"`] : encodeParameter("filename", filename);
  let fields = `Content-Type: ${contentType};\n name="${name}"\nContent-Transfer-Encoding: base64\n`;
  fields += `Content-Disposition: ${[disposition, ...parameters].join(";\n ")}\n`;
  if (contentId !== undefined) fields += `Content-ID: <${contentId}>\n`;
  return [`${fields}\n`, toBuffer(content)];
}
