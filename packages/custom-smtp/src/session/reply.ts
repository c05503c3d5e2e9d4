import type { ServerReply } from "@getfluxly/email-core";

/** A complete reply as received: the text of each line, without code and separator. */
export interface SmtpReply {
  readonly code: number;
  readonly lines: readonly string[];
}

export const isPositive = (reply: SmtpReply): boolean => reply.code >= 200 && reply.code < 300;

/** 503 (bad sequence) speaks about the state of the connection, which a new one does not have. */
export const isPermanent = ({ code }: Pick<SmtpReply, "code">): boolean => code >= 500 && code !== 503;

/** The RFC 3463 status at the start of the text, if its class fits the reply's code (RFC 2034). */
function enhancedStatusOf(reply: SmtpReply): string | undefined {
  const status = /^([245]\.\d{1,3}\.\d{1,3})(?= |$)/.exec(reply.lines[0] ?? "")?.[1];
  return status?.startsWith(String(reply.code)[0] ?? "") ? status : undefined;
}

/** The reply as it may leave the session. */
export function toServerReply(reply: SmtpReply, redact: (text: string) => string): ServerReply {
  const enhancedStatus = enhancedStatusOf(reply);
  return { code: reply.code, ...(enhancedStatus && { enhancedStatus }), text: toReplyText(reply, redact) };
}

/** The text of a reply: one line, printable, of bounded length, without our credentials, which some relays echo. */
export function toReplyText({ lines }: SmtpReply, redact: (text: string) => string): string {
  // Cut before it is searched: a reply may have hundreds of kilobytes, and only the beginning is shown.
  return toPrintableText(redact(lines.join(" ").slice(0, 8_192)));
}

function toPrintableText(text: string): string {
  // Nearly every reply is so already.
  if (text.length <= 1000 && /^[!-~]+(?: [!-~]+)*$/.test(text)) return text;
  const printable = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();
  return printable.length > 1000 ? `${printable.slice(0, 1000)}…` : printable;
}
