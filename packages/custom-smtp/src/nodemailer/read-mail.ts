import type { EmailMessage, Sender } from "@getfluxly/email-core";
import { compiledHeaders } from "./compiled-headers.js";
import { createRefusal } from "./create-refusal.js";
import { describeMail } from "./describe-mail.js";
import { isUnfitId } from "./is-unfit-id.js";
import { listAttachments } from "./list-attachments.js";
import type { NodemailerMail } from "./nodemailer-mail.js";
import { readAddresses } from "./read-addresses.js";
import { readAttachments } from "./read-attachments.js";
import { readBody } from "./read-body.js";
import { readEnvelope } from "./read-envelope.js";
import { readHeaders } from "./read-headers.js";
import { refuseAttachments } from "./refuse-attachments.js";
import { refuseFields } from "./refuse-fields.js";
import { refuseStreamPlugins } from "./refuse-stream-plugins.js";
import { toBodySource } from "./to-body-source.js";

export interface ReadMail {
  readonly message: EmailMessage;
  /** Each once. */
  readonly recipients: readonly string[];
}

/**
 * The message that nodemailer was given, as ours. Refuses what ours has no place for, all of it at once and before any
 * content is read.
 */
export async function readMail(mail: NodemailerMail, sender: Sender): Promise<ReadMail> {
  const compiled = compiledHeaders(mail.message);
  const fields: ReadonlyMap<string, unknown> = new Map(Object.entries(mail.data));
  const given = listAttachments(fields.get("attachments"));
  const described = await describeMail(mail, given);

  const { refuse, hasAny, throwIfAny } = createRefusal();
  const { messageId, ...headers } = readHeaders(mail.message, compiled, refuse);
  const addresses = readAddresses(mail.message, described, sender, refuse);
  // What was refused is missing here, so there is nothing to compare with.
  const known = hasAny() ? undefined : addresses;
  const envelope = readEnvelope(mail.message, fields.get("envelope"), known, refuse);
  const text = toBodySource(fields.get("text"), "text", refuse);
  const html = toBodySource(fields.get("html"), "html", refuse);
  const bodies = [fields.get("text"), fields.get("html")].filter(Boolean);
  if (bodies.length === 0) refuse("text", "Text or html is required.");
  refuseAttachments(given, described, refuse);
  refuseFields(fields, refuse);
  if (!hasAny()) refuseStreamPlugins(mail.message, bodies, given.length, refuse);
  throwIfAny();

  const message = {
    ...addresses,
    ...headers,
    messageId: isUnfitId(fields, described.from, messageId) ? undefined : messageId,
    returnPath: envelope.from,
    text: await readBody(mail, text, "text"),
    html: await readBody(mail, html, "html"),
    attachments: await readAttachments(mail, given, described),
  };
  return { message, recipients: envelope.to };
}
