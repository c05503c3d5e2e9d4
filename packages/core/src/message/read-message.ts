import type { EmailMessage, ProviderCapabilities } from "../contract/index.js";
import { address } from "./address.js";
import { attachment } from "./attachment.js";
import { dictionary } from "./dictionary.js";
import { headers } from "./headers.js";
import { line } from "./line.js";
import { list } from "./list.js";
import { listUnsubscribe } from "./list-unsubscribe.js";
import { mailbox } from "./mailbox.js";
import { messageLimits } from "./message-limits.js";
import { optional } from "./optional.js";
import { providerOptions } from "./provider-options.js";
import type { Read } from "./read.js";
import { shape } from "./shape.js";
import { supported } from "./supported.js";
import { text } from "./text.js";

const mailboxes = optional(list(mailbox, messageLimits.recipients));

const anyText = text(/^/, "", messageLimits.contentBytes);

const body = optional<string>((value, path, report) => {
  const read = anyText(value, path, report);
  // Searched natively: a body is long.
  return read === undefined || (read.isWellFormed() && !read.includes("\0"))
    ? read
    : report(path, "Must be without NUL and lone surrogates.");
});

const messageId = text(
  /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[\w-]+(?:\.[\w-]+)*$/,
  "Must be local@domain in ASCII, without angle brackets.",
  200,
);

const tagList = list(line(128), messageLimits.tags);

const metadataRecord = dictionary(
  // gf_id carries our correlation id; see PreparedMessage.
  /^(?!(?:__proto__|gf_id)$)[\w-]{1,64}$/,
  "Must be letters, digits, - and _, and no reserved name.",
  line(1024),
  messageLimits.metadata,
);

/** The message format, field by field. */
export function readMessage({ tags, metadata }: ProviderCapabilities): Read<EmailMessage> {
  return shape<EmailMessage>({
    to: list(mailbox, messageLimits.recipients, true),
    cc: mailboxes,
    bcc: mailboxes,
    subject: line(),
    text: body,
    html: body,
    replyTo: mailboxes,
    attachments: optional(list(attachment, messageLimits.attachments)),
    headers: optional(headers),
    listUnsubscribe: optional(listUnsubscribe),
    returnPath: optional(address),
    messageId: optional(messageId),
    tags: optional(supported(tags, tagList)),
    metadata: optional(supported(metadata, metadataRecord)),
    providerOptions: optional(providerOptions),
  });
}
