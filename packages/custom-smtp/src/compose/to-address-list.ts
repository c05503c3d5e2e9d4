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
  const phrase = toPhrase(name);
  return phrase === "" ? address : `${phrase} <${address}>`;
}

function toPhrase(name: string): string {
  if (!isAscii(name)) return encodeWords(name);
  const phrase = name.trim();
  if (phrase === "" || /^\w+(?: \w+)*$/.test(phrase)) return phrase;
  return phrase.length > quotedCharacters ? encodeWords(phrase) : `"${phrase.replace(/["\\]/g, "\\$&")}"`;
}
