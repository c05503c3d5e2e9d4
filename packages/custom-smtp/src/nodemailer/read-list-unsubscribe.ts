import type { EmailMessage } from "@getfluxly/email-core";
import type { Refuse } from "./create-refusal.js";

/** From the two headers of RFC 2369 and RFC 8058, which only the SDK may write. */
export function readListUnsubscribe(
  unsubscribe: string | undefined,
  post: string | undefined,
  refuse: Refuse,
): EmailMessage["listUnsubscribe"] {
  if (post !== undefined && !/^\s*List-Unsubscribe=One-Click\s*$/i.test(post)) {
    refuse('headers["List-Unsubscribe-Post"]', "Must be List-Unsubscribe=One-Click.");
  }
  if (unsubscribe === undefined) {
    if (post !== undefined) refuse('headers["List-Unsubscribe-Post"]', "Needs List-Unsubscribe.");
    return undefined;
  }
  const [, url] = /^\s*<([^<>]*)>\s*$/.exec(unsubscribe) ?? [];
  if (url === undefined) {
    const sentence = "Only one URL, in angle brackets and without a comment, is supported.";
    refuse('headers["List-Unsubscribe"]', sentence, "capability-unsupported");
    return undefined;
  }
  return { url, ...(post !== undefined && { oneClick: true }) };
}
