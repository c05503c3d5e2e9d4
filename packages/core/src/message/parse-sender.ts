import type { Sender } from "../contract/index.js";
import { readWhole } from "./read-whole.js";
import { sender } from "./sender.js";

/** Checks the sender and puts it into its canonical, frozen form. Throws `sender-invalid` with all issues. */
export function parseSender(input: unknown): Sender {
  return readWhole("sender-invalid", (report) => sender(input, "", report));
}
