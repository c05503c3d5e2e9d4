import type { Mailbox, Sender } from "@getfluxly/email-core";
import type { Refuse } from "./create-refusal.js";
import type { MailDescription } from "./describe-mail.js";
import type { CompiledMessage } from "./nodemailer-mail.js";
import { readMailboxes } from "./read-mailboxes.js";
import { refuseOtherSender } from "./refuse-other-sender.js";

export interface ReadAddresses {
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly bcc: readonly Mailbox[];
  /** Where it is absent, the stored sender's applies. */
  readonly replyTo: readonly Mailbox[] | undefined;
}

/** From the compiled header, which may have them from `headers` or from a plugin as well. */
export function readAddresses(
  message: CompiledMessage,
  described: MailDescription,
  sender: Sender,
  refuse: Refuse,
): ReadAddresses {
  const read = (name: "to" | "cc" | "bcc" | "replyTo") => readMailboxes(described[name], name, refuse);
  const all: { readonly [Key in "from" | "sender"]?: unknown } = message.getAddresses();
  for (const name of ["from", "sender"] as const) {
    // The description keeps but one, and only it tells what is no address.
    const [first] = readMailboxes(described[name] ? [described[name]] : [], name, refuse);
    if (first) refuseOtherSender(name, readMailboxes(all[name], name, refuse), sender, refuse);
  }
  const replyTo = read("replyTo");
  return {
    to: read("to"),
    cc: read("cc"),
    bcc: read("bcc"),
    replyTo: replyTo.length > 0 ? replyTo : undefined,
  };
}
