import type { Issue, Sender } from "../contract/index.js";
import { createIssuesError } from "../errors/create-issues-error.js";
import { createInputReader } from "./create-input-reader.js";
import { readAddress } from "./read-address.js";
import { readLine } from "./read-line.js";

/** Checks the sender and puts it into its canonical, frozen form. Throws `sender-invalid` with all issues. */
export function parseSender(input: unknown): Sender {
  const { sender, issues } = readSender(input);
  if (issues.length > 0)
    throw createIssuesError("sender-invalid", "config", "The sender is not valid", issues);
  return sender;
}

/** The sender as far as it is valid; to be used only if there are no issues. */
export function readSender(input: unknown): { readonly sender: Sender; readonly issues: readonly Issue[] } {
  const reader = createInputReader("sender-invalid");
  const fields = reader.record(input, "", ["from_email", "from_name", "reply_to"]) ?? {};
  const from_email = readAddress(reader, fields.from_email, "from_email") ?? "";
  const from_name = readLine(reader, fields.from_name, "from_name");
  const reply_to =
    fields.reply_to === undefined ? undefined : readAddress(reader, fields.reply_to, "reply_to");
  const sender = { from_email, ...(from_name && { from_name }), ...(reply_to && { reply_to }) };
  return { sender: Object.freeze(sender), issues: reader.issues };
}
