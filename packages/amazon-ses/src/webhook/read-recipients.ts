import { isJsonObject, type JsonObject, textOf, toBareAddress } from "@getfluxly/email-core/webhook";

export interface NamedRecipient {
  /** Without a display name. */
  readonly address: string;
  /** What else is said about it; empty where only addresses are listed. */
  readonly told: JsonObject;
}

/** Out of a list of addresses, or of objects with `emailAddress`. Each address once. */
export function readRecipients(value: unknown): readonly NamedRecipient[] {
  const recipients = new Map<string, NamedRecipient>();
  for (const item of Array.isArray(value) ? value : []) {
    const told = isJsonObject(item) ? item : {};
    const text = textOf(item) ?? textOf(told.emailAddress);
    const address = text === undefined ? "" : toBareAddress(text);
    if (address !== "" && !recipients.has(address)) recipients.set(address, { address, told });
  }
  return [...recipients.values()];
}
