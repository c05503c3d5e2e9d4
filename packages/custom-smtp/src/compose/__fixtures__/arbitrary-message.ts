import type { PreparedMessage } from "@getfluxly/email-core";
import fc from "fast-check";
import { arbitraryAttachment } from "./arbitrary-attachment.js";
import { arbitraryHeaders } from "./arbitrary-headers.js";
import { arbitraryLine } from "./arbitrary-line.js";
import { arbitraryMailbox } from "./arbitrary-mailbox.js";
import { arbitraryText } from "./arbitrary-text.js";
import { prepare } from "./prepare.js";

const url = fc.constantFrom("https://example.org/u?a=1&b=2", `https://example.org/${"a1".repeat(430)}`);

/** Everything a message can have, together. */
export const arbitraryMessage: fc.Arbitrary<PreparedMessage> = fc
  .record(
    {
      to: fc.array(arbitraryMailbox, { minLength: 1, maxLength: 3 }),
      cc: fc.array(arbitraryMailbox, { maxLength: 3 }),
      bcc: fc.array(arbitraryMailbox, { maxLength: 2 }),
      replyTo: fc.array(arbitraryMailbox, { maxLength: 2 }),
      subject: arbitraryLine(),
      headers: arbitraryHeaders,
      text: arbitraryText,
      html: arbitraryText,
      attachments: fc.array(arbitraryAttachment, { maxLength: 3 }),
      listUnsubscribe: fc.record({ url, oneClick: fc.boolean() }),
    },
    { requiredKeys: ["to"] },
  )
  .map((message) => prepare(message.text || message.html ? message : { ...message, text: "Hi" }));
