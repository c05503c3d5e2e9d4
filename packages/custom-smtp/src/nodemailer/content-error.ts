import { EmailError } from "@getfluxly/email-core";

/** A body or an attachment that cannot be had. */
export function contentError(path: string, message: string, cause?: unknown): EmailError {
  return new EmailError({
    code: "message-invalid",
    stage: "message",
    message: `The message cannot be read. ${path}: ${message}`,
    issues: [{ path, message }],
    cause,
  });
}
