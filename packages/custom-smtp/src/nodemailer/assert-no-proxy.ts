import { EmailError } from "@getfluxly/email-core";

/** With `setupProxy`, nodemailer lays its way to open sockets on the transport. To connect directly instead would betray it. */
export function assertNoProxy(transport: object): void {
  if (!("getSocket" in transport)) return;
  throw new EmailError({
    code: "capability-unsupported",
    stage: "send",
    message: "The provider opens its own connections and cannot use nodemailer's proxy.",
    remedy: "Leave out setupProxy and getSocket.",
  });
}
