import type { Attachment } from "../contract/index.js";
import type { InputReader } from "./create-input-reader.js";
import { messageLimits } from "./message-limits.js";
import { readAttachment } from "./read-attachment.js";

interface Content {
  readonly text: string | undefined;
  readonly html: string | undefined;
  readonly attachments: readonly Attachment[];
}

export function readContent(reader: InputReader, input: Record<string, unknown>): Content {
  const readBody = (path: "text" | "html") =>
    reader.text(
      input[path],
      path,
      (body) => !/\0|\p{Cs}/u.test(body),
      "May not contain NUL or lone surrogates.",
    );
  const [text, html] = [readBody("text"), readBody("html")];
  if (!input.text && !input.html) reader.report("text", "A message needs text or html.");
  const attachments = reader.list(input.attachments, "attachments", messageLimits.attachments, (item, path) =>
    readAttachment(reader, item, path),
  );
  const limit = messageLimits.contentBytes;
  let bytes = 0;
  for (const { content } of attachments) bytes += content.byteLength;
  // No character is shorter than one octet: what is too long is not encoded to be measured.
  for (const body of [text, html]) {
    if (body) bytes += body.length > limit ? body.length : new TextEncoder().encode(body).length;
  }
  if (bytes > limit)
    reader.report("", `Text, html and attachments exceed ${limit} octets.`, "message-too-large");
  return { text, html, attachments };
}
