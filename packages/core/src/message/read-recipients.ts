import type { Mailbox } from "../contract/index.js";
import type { InputReader } from "./create-input-reader.js";
import { messageLimits } from "./message-limits.js";
import { readMailbox } from "./read-mailbox.js";

interface Recipients {
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly bcc: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  /** Every recipient once. */
  readonly envelopeTo: readonly string[];
}

export function readRecipients(reader: InputReader, input: Record<string, unknown>): Recipients {
  const limit = messageLimits.recipients;
  const read = (path: "to" | "cc" | "bcc" | "replyTo") =>
    reader.list(input[path], path, limit, (item, itemPath) => readMailbox(reader, item, itemPath));
  const [to, cc, bcc, replyTo] = [read("to"), read("cc"), read("bcc"), read("replyTo")];
  if (input.to === undefined || (Array.isArray(input.to) && input.to.length === 0)) {
    reader.report("to", "Must name at least one recipient.");
  }
  const all = [...to, ...cc, ...bcc];
  if (all.length > limit) {
    reader.report("to", `More than ${limit} recipients in to, cc and bcc.`, "message-too-large");
  }
  const unique = new Map<string, string>();
  for (const { address } of all) {
    // RFC 5321 section 2.4: local parts may differ by case, domains may not.
    const key = address.replace(/@.*/, (domain) => domain.toLowerCase());
    if (!unique.has(key)) unique.set(key, address);
  }
  return { to, cc, bcc, replyTo, envelopeTo: [...unique.values()] };
}
