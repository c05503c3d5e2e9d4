import type { EmailMessage } from "@getfluxly/email-core";
import type { Refuse } from "./create-refusal.js";
import type { CompiledMessage } from "./nodemailer-mail.js";
import { readListUnsubscribe } from "./read-list-unsubscribe.js";

export interface ReadHeaders {
  readonly subject: string;
  /** Without angle brackets. */
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly listUnsubscribe: EmailMessage["listUnsubscribe"];
}

const addressFields = ["from", "sender", "to", "cc", "bcc", "reply-to"];

/**
 * The header as nodemailer compiled it: `headers`, `list`, `priority`, `references` and the like in any of their forms,
 * and what plugins set. What is not ours to read is passed on for core to judge.
 */
export function readHeaders(
  message: CompiledMessage,
  compiled: readonly unknown[],
  refuse: Refuse,
): ReadHeaders {
  const fields = new Map<string, { readonly name: string; readonly text: string }>();
  for (const field of compiled) {
    const { key, value }: { key?: unknown; value?: unknown } = Object(field);
    const name = String(key);
    // As core writes it.
    const path = /^\w+$/.test(name) ? `headers.${name}` : `headers[${JSON.stringify(name)}]`;
    const isElsewhere = [...addressFields, "date"].includes(name.toLowerCase());
    const text = isElsewhere ? (value ? name : "") : toText(message, name, value);
    // nodemailer leaves out a field without a value.
    if (text?.trim() === "") continue;
    if (text === undefined) refuse(path, "Must be text.");
    else if (fields.has(name.toLowerCase())) refuse(path, "Only one is supported.", "capability-unsupported");
    else fields.set(name.toLowerCase(), { name, text });
  }
  const take = (name: string) => {
    const text = fields.get(name)?.text;
    fields.delete(name);
    return text;
  };
  for (const name of addressFields) take(name);
  // The composer's own; a second one is refused above.
  take("content-type");
  return {
    subject: take("subject") ?? "",
    messageId: (take("message-id") ?? message.messageId()).replace(/^<|>$/g, ""),
    listUnsubscribe: readListUnsubscribe(take("list-unsubscribe"), take("list-unsubscribe-post"), refuse),
    headers: Object.fromEntries([...fields.values()].map(({ name, text }) => [name, text])),
  };
}

/** Undefined for what is no text in any form that nodemailer knows. */
function toText(message: CompiledMessage, name: string, value: unknown): string | undefined {
  if (!value) return "";
  const isList = Array.isArray(value);
  // { prepared, value }: encoded already, and words so encoded stay as they are.
  if (typeof value === "object" && "value" in value && !isList) return toText(message, name, value.value);
  const isOfIds = /^(?:references|in-reply-to)$/i.test(name);
  if (!["string", "number", "boolean"].includes(typeof value) && !(isOfIds && isList)) return undefined;
  // Here nodemailer adds angle brackets and unfolds.
  return isOfIds
    ? message.encodeHeaderValue(name, isList ? value.map(String) : String(value))
    : String(value);
}
