import { EmailError } from "@getfluxly/email-core";
import type { CompiledMessage } from "./nodemailer-mail.js";

/** All fields of the header in their order, which nodemailer has no public way to list. */
export function compiledHeaders(message: CompiledMessage): readonly unknown[] {
  const { _headers }: { _headers?: unknown } = Object(message);
  if (Array.isArray(_headers) && typeof message.encodeHeaderValue === "function") return _headers;
  throw new EmailError({
    code: "capability-unsupported",
    stage: "message",
    message: "This version of nodemailer compiles messages in another way than is known here.",
    remedy: "Use nodemailer 10.2 or newer, and a version of this package that knows it.",
  });
}
