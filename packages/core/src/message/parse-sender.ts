import type { Sender } from "../contract/index.js";
import { line } from "./line.js";
import { address } from "./mailbox.js";
import { optional } from "./optional.js";
import { readWhole } from "./read-whole.js";
import { shape } from "./shape.js";

export const sender = shape<Sender>({
  from_email: address,
  from_name: optional(line()),
  reply_to: optional(address),
});

/** Checks the sender and puts it into its canonical, frozen form. Throws `sender-invalid` with all issues. */
export function parseSender(input: unknown): Sender {
  return readWhole("sender-invalid", (report) => sender(input, "", report));
}
