import { contentError } from "./content-error.js";
import type { ContentSource } from "./content-source.js";
import { isBytes } from "./is-bytes.js";
import type { NodemailerMail } from "./nodemailer-mail.js";

/**
 * The octets of a source, read by nodemailer under its own rules (`disableFileAccess` and the like). It writes into what
 * it is given; hence an object of ours.
 */
export async function readContent(
  mail: NodemailerMail,
  source: ContentSource,
  path: string,
): Promise<Uint8Array> {
  const { path: file, href, content, encoding, httpHeaders, tls } = source;
  if (!file && !href && !content) return new Uint8Array();
  const location = file ? { path: file, httpHeaders, tls } : { href, httpHeaders, tls };
  let value: unknown;
  try {
    value = await mail.resolveContent({ it: file || href ? location : { content, encoding } }, "it");
  } catch (cause) {
    throw contentError(path, `Could not be read${toReason(cause)}.`, cause);
  }
  if (typeof value === "string") return Buffer.from(value);
  if (isBytes(value)) return value;
  throw contentError(path, "Must be text, octets, a stream, { path } or { href }.");
}

function toReason(cause: unknown): string {
  const { code }: { code?: unknown } = Object(cause);
  return typeof code === "string" ? ` (${code})` : "";
}
