import { EmailError, type EmailErrorCode, type ServerReply } from "@getfluxly/email-core";
import type { SmtpStage } from "./progress.js";
import { isPermanent } from "./reply.js";

/**
 * The error for a command that the relay answered with no. Decided by stage, reply code and enhanced status, never by
 * the words: relays reword them.
 */
export function refusalFailure(reply: ServerReply, stage: SmtpStage): EmailError {
  const code = codeFor(stage, reply);
  return new EmailError({
    code,
    message: `The relay refused ${commandNames[stage]}: ${reply.code} ${reply.text}`.trim(),
    stage,
    reply,
    retryable: !isPermanent(reply),
    ...remedyFor(code),
  });
}

function remedyFor(code: EmailErrorCode): { readonly remedy?: string } {
  if (code === "starttls-refused")
    return { remedy: "Try again later, or use smtp_secure `ssl` with port 465." };
  if (code !== "authentication-failed") return {};
  return {
    remedy:
      "Check user name and password; many relays want an app password or an SMTP key, not the account's password.",
  };
}

function codeFor(stage: SmtpStage, reply: ServerReply): EmailErrorCode {
  if (reply.code === 421) return "relay-unavailable";
  const temporary = !isPermanent(reply);
  switch (stage) {
    case "greeting":
    case "ehlo":
      return temporary ? "relay-unavailable" : "relay-refused";
    case "starttls":
      return "starttls-refused";
    case "auth":
      return temporary ? "authentication-unavailable" : "authentication-failed";
    default:
      if (reply.code === 530) return "authentication-required";
      if (isTooLarge(reply)) return "message-too-large";
      if (temporary) return "relay-deferred";
      return stage === "mail-from" ? "sender-refused" : "message-refused";
  }
}

/** 552 (RFC 1870 section 6.1), or what RFC 3463 says more exactly; 5.2.2 is a full mailbox, not a large message. */
function isTooLarge({ code, enhancedStatus }: ServerReply): boolean {
  if (enhancedStatus === "5.3.4" || enhancedStatus === "5.2.3") return true;
  return code === 552 && enhancedStatus === undefined;
}

const commandNames: Readonly<Record<SmtpStage, string>> = {
  queue: "a connection",
  dns: "the look-up of its name",
  tcp: "the connection",
  tls: "the TLS handshake",
  greeting: "to greet us",
  ehlo: "EHLO",
  starttls: "STARTTLS",
  auth: "the login",
  "mail-from": "the sender (MAIL FROM)",
  "rcpt-to": "the recipient (RCPT TO)",
  data: "to take a message (DATA)",
  body: "the message while it was transmitted",
  "end-of-data": "the message",
  rset: "RSET",
};
