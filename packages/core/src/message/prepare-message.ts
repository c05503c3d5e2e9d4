import type { EmailMessage, PreparedMessage, ProviderCapabilities, Sender } from "../contract/index.js";
import { createIssuesError } from "../errors/create-issues-error.js";
import { copyPlainData } from "./copy-plain-data.js";
import { createInputReader } from "./create-input-reader.js";
import { createUlid, isUlid } from "./create-ulid.js";
import { freezeDeeply } from "./freeze-deeply.js";
import { readSender } from "./parse-sender.js";
import { readAddress } from "./read-address.js";
import { readContent } from "./read-content.js";
import { readHeaders } from "./read-headers.js";
import { readMetadata, readTags } from "./read-labels.js";
import { readLine } from "./read-line.js";
import { readListUnsubscribe } from "./read-list-unsubscribe.js";
import { readRecipients } from "./read-recipients.js";

export interface PrepareMessageOptions {
  readonly sender: Sender;
  /** Whose `providerOptions` go along; those for other connectors stay behind. */
  readonly providerId: string;
  readonly capabilities: ProviderCapabilities;
  readonly now: () => Date;
}

const fields =
  "to cc bcc subject text html replyTo attachments headers listUnsubscribe returnPath messageId tags metadata providerOptions".split(
    " ",
  );

/**
 * Checks a message and puts it into the form that connectors rely on. Throws one error with every issue: its code is
 * `sender-invalid`, `capability-unsupported` or `message-too-large` where that is all that is wrong, else
 * `message-invalid`. The message is never written to; attachments share their bytes with it.
 */
export function prepareMessage(message: EmailMessage, options: PrepareMessageOptions): PreparedMessage {
  const { providerId, capabilities } = options;
  const reader = createInputReader("message-invalid");
  const { sender, issues } = readSender(options.sender);
  for (const { path, message: sentence } of issues) {
    reader.report(`sender${path && "."}${path}`, sentence, "sender-invalid");
  }

  const input = reader.record(message ?? null, "", fields) ?? {};
  const { to, cc, bcc, replyTo, envelopeTo } = readRecipients(reader, input);
  const subject = readLine(reader, input.subject ?? null, "subject") ?? "";
  const { text, html, attachments } = readContent(reader, input);
  const headers = readHeaders(reader, input.headers);
  const listUnsubscribe =
    input.listUnsubscribe === undefined ? undefined : readListUnsubscribe(reader, input.listUnsubscribe);
  const returnPath =
    input.returnPath === undefined ? undefined : readAddress(reader, input.returnPath, "returnPath");
  const givenId = reader.text(
    input.messageId,
    "messageId",
    (id) =>
      id.length <= 200 &&
      /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[\w-]+(?:\.[\w-]+)*$/.test(id),
    "Must have the form local@domain: at most 200 ASCII characters, without angle brackets.",
  );
  const tags = readTags(reader, input.tags, capabilities.tags);
  const metadata = readMetadata(reader, input.metadata, capabilities.metadata);
  const optionsByProvider = reader.record(
    copyPlainData(reader, input.providerOptions, "providerOptions"),
    "providerOptions",
  );
  const ownOptions = reader.record(optionsByProvider?.[providerId], `providerOptions.${providerId}`) ?? {};

  if (reader.issues.length > 0) {
    const [code = "message-invalid", ...others] = reader.codes;
    throw createIssuesError(
      others.length > 0 ? "message-invalid" : code,
      code === "sender-invalid" && others.length === 0 ? "config" : "message",
      "The message is not valid",
      reader.issues,
    );
  }

  const [givenLocal = ""] = givenId?.split("@") ?? [];
  const correlationId = isUlid(givenLocal) ? givenLocal : createUlid(options.now());
  const domain = sender.from_email.replace(/.*@/, "");
  const { from_email, from_name, reply_to } = sender;
  const isNotEmpty = (value: object) => Object.keys(value).length > 0;
  return freezeDeeply({
    from: { address: from_email, ...(from_name && { name: from_name }) },
    to,
    ...(isNotEmpty(cc) && { cc }),
    ...(isNotEmpty(bcc) && { bcc }),
    replyTo: replyTo.length > 0 || !reply_to ? replyTo : [{ address: reply_to }],
    subject,
    ...(text && { text }),
    ...(html && { html }),
    ...(isNotEmpty(attachments) && { attachments }),
    ...(isNotEmpty(headers) && { headers }),
    ...(listUnsubscribe && { listUnsubscribe }),
    ...(returnPath && { returnPath }),
    ...(isNotEmpty(tags) && { tags }),
    ...(isNotEmpty(metadata) && { metadata }),
    ...(isNotEmpty(ownOptions) && { providerOptions: { [providerId]: ownOptions } }),
    messageId: givenId ?? `${correlationId}@${domain}`,
    correlationId,
    envelope: { from: returnPath ?? from_email, to: envelopeTo },
  });
}
