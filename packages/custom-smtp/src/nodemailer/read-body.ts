import { contentError } from "./content-error.js";
import type { ContentSource } from "./content-source.js";
import type { NodemailerMail } from "./nodemailer-mail.js";
import { readContent } from "./read-content.js";

/** A text stays as it is, its faults included, for core to find them. Octets must be UTF-8, as which nodemailer sends them. */
export async function readBody(
  mail: NodemailerMail,
  source: ContentSource,
  path: string,
): Promise<string | undefined> {
  const { content, encoding, path: file, href } = source;
  if (!file && !href && !content) return undefined;
  if (!file && !href && !encoding && typeof content === "string") return content;
  const bytes = await readContent(mail, source, path);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw contentError(path, "Must be UTF-8.", cause);
  }
}
