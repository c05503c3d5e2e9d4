import { EmailError } from "@getfluxly/email-core";

/** RFC 5321 section 4.1.1.1. It comes from the operator, but ends up in a command line. */
export function assertClientName(clientName: string): void {
  if (/^(?:[a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9])?|\[[\da-f.:a-z]{2,60}\])$/i.test(clientName)) return;
  throw new EmailError({
    code: "config-invalid",
    message: "The client name for EHLO must be a host name such as mail.example.com, or an address literal.",
    stage: "config",
    actor: "operator",
    remedy: "Set the client name (RELAY_CLIENT_NAME) to the fully qualified name of the sending host.",
  });
}
