import type { Sender } from "../contract/index.js";
import { readWhole } from "./read-whole.js";
import { sender } from "./sender.js";

const parsed = new WeakSet<object>();

/** Whether `parseSender` made it. It is frozen, so it need not be checked again for every message. */
export function isParsedSender(sender: Sender): boolean {
  return parsed.has(sender);
}

/** Checks the sender and puts it into its canonical, frozen form. Throws `sender-invalid` with all issues. */
export function parseSender(input: unknown): Sender {
  const read = readWhole("sender-invalid", (report) => sender(input, "", report));
  parsed.add(read);
  return read;
}
