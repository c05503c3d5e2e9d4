import type { Mailbox } from "@getfluxly/email-core";
import { encodeWords } from "./encode-words.js";
import { isAscii } from "./is-ascii.js";

/** With every backslash doubled and the address behind it, still within the 998 octets of a line. */
const quotedCharacters = 300;

/** RFC 5322 section 3.4: addresses, with their display names where they have one. */
export function toAddressList(mailboxes: readonly Mailbox[]): string {
  return mailboxes.map(toMailbox).join(", ");
}

function toMailbox({ name = "", address }: Mailbox): string {
  return name.trim() === "" ? address : `${toPhrase(name)} <${address}>`;
}

function toPhrase(name: string): string {
  if (/^\w+(?: \w+)*$/.test(name)) return name;
  if (!isAscii(name) || name.length > quotedCharacters) return encodeWords(name);
  return `"${name.replace(/["\\]/g, "\\$&")}"`;
}
