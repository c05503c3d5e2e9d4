import { EmailError } from "@getfluxly/email-core";
import type { Content } from "./content.js";

/** The content itself, or `message-too-large`, for a relay whose documented limit is below what it announces. */
export function assertWithinSize(content: Content, maxBytes: number): Content {
  if (content.size <= maxBytes) return content;
  throw new EmailError({
    code: "message-too-large",
    message: `The message has ${content.size} bytes with its attachments encoded; this relay takes ${maxBytes}.`,
    stage: "message",
  });
}
