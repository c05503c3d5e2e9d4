import { type Certainty, EmailError, isEmailError } from "@getfluxly/email-core";
import type { NodemailerEmailError } from "./nodemailer-transport.js";
import { toRejectedErrors } from "./to-rejected-errors.js";
import { toResponse } from "./to-response.js";

/** By stage, in nodemailer's words. */
const commands: Readonly<Record<string, string>> = {
  dns: "CONN",
  tcp: "CONN",
  tls: "CONN",
  greeting: "CONN",
  ehlo: "EHLO",
  starttls: "STARTTLS",
  auth: "AUTH",
  "mail-from": "MAIL FROM",
  "rcpt-to": "RCPT TO",
  data: "DATA",
  body: "DATA",
  "end-of-data": "DATA",
};

/** The error as it is, with fields of nodemailer's beside its own. The certainty is for one that is none of ours. */
export function toNodemailerError(error: unknown, certainty: Certainty): NodemailerEmailError {
  if (!isEmailError(error)) {
    const message = "Something failed unexpectedly between nodemailer and the provider.";
    return new EmailError({ code: "provider-failed", stage: "send", certainty, message, cause: error });
  }
  if (!Object.isExtensible(error)) return error;
  const { reply, rejected, stage } = error;
  const command = commands[stage];
  return Object.assign(error, {
    ...(reply && { responseCode: reply.code, response: toResponse(reply) }),
    ...(command && { command }),
    ...(rejected && { rejectedErrors: toRejectedErrors(rejected) }),
  });
}
