import type { EmailMessage, PreparedMessage, ProviderCapabilities, Sender } from "../contract/index.js";
import { countOctets } from "./count-octets.js";
import { createUlid, isUlid } from "./create-ulid.js";
import { messageLimits } from "./message-limits.js";
import { isParsedSender } from "./parse-sender.js";
import type { Read } from "./read.js";
import { readMessage } from "./read-message.js";
import { readWhole } from "./read-whole.js";
import { sender as readSender } from "./sender.js";

export interface PrepareMessageOptions {
  readonly sender: Sender;
  /** Whose `providerOptions` go along; those for other connectors stay behind. */
  readonly providerId: string;
  readonly capabilities: ProviderCapabilities;
  readonly now: () => Date;
}

/**
 * Checks a message and puts it into the form that connectors rely on. Throws one error with every issue: its code is
 * `sender-invalid`, `capability-unsupported` or `message-too-large` where that is all that is wrong, else
 * `message-invalid`. The message is never written to; attachments share their bytes with it.
 */
export function prepareMessage(message: EmailMessage, options: PrepareMessageOptions): PreparedMessage {
  return readWhole("message-invalid", (report): PreparedMessage | undefined => {
    const sender = isParsedSender(options.sender)
      ? options.sender
      : readSender(options.sender, "sender", (path, sentence) => report(path, sentence, "sender-invalid"));
    const read = readerFor(options.capabilities)(message, "", report);
    const given: Partial<EmailMessage> = Object(message);
    if (!given.text && !given.html) report("text", "Text or html is required.");
    if (!sender || !read) return undefined;

    const { to, cc = [], bcc = [], text = "", html = "", attachments = [], replyTo, messageId } = read;
    const recipients = [...to, ...cc, ...bcc].map(({ address }) => address);
    if (recipients.length > messageLimits.recipients) {
      report("to", `More than ${messageLimits.recipients} with cc and bcc.`, "message-too-large");
    }
    const body = text + html;
    const bytes = (ofBody: number) => attachments.reduce((sum, { content }) => sum + content.length, ofBody);
    // No character has more than three octets, so that most bodies need not be counted.
    const limit = messageLimits.contentBytes;
    if (bytes(body.length * 3) > limit && bytes(countOctets(body)) > limit) {
      report("", `More than ${limit} bytes.`, "message-too-large");
    }

    const { providerId } = options;
    const ownOptions = read.providerOptions?.[providerId];
    const local = messageId?.replace(/@.*/, "") ?? "";
    const correlationId = isUlid(local) ? local : createUlid(options.now());
    const { from_email, from_name, reply_to } = sender;
    return {
      ...read,
      from: { address: from_email, name: from_name },
      replyTo: replyTo ?? (reply_to ? [{ address: reply_to }] : []),
      providerOptions: ownOptions && { [providerId]: ownOptions },
      messageId: messageId ?? correlationId + from_email.slice(from_email.indexOf("@")),
      correlationId,
      envelope: { from: read.returnPath ?? from_email, to: toUniqueAddresses(recipients) },
    };
  });
}

const readers = new WeakMap<ProviderCapabilities, Read<EmailMessage>>();

/** One for all messages of a provider: it consists of some fifty functions. */
function readerFor(capabilities: ProviderCapabilities): Read<EmailMessage> {
  const known = readers.get(capabilities);
  if (known) return known;
  const reader = readMessage(capabilities);
  readers.set(capabilities, reader);
  return reader;
}

/** RFC 5321 section 2.4: local parts may differ by case, domains may not. The first spelling stands. */
function toUniqueAddresses(addresses: readonly string[]): readonly string[] {
  if (addresses.length < 2) return addresses;
  const seen = new Set<string>();
  return addresses.filter((address) => {
    const key = address.replace(/@.*/, (domain) => domain.toLowerCase());
    return !seen.has(key) && seen.add(key);
  });
}
