import type { ServerReply } from "@getfluxly/email-core";

/** As nodemailer shows a reply: with its code in front. */
export function toResponse({ code, text }: ServerReply): string {
  return `${code} ${text}`.trim();
}
