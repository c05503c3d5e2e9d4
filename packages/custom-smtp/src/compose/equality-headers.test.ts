import fc from "fast-check";
import { test } from "vitest";
import { arbitraryHeaders } from "./__fixtures__/arbitrary-headers.js";
import { arbitraryLine } from "./__fixtures__/arbitrary-line.js";
import { arbitraryMailbox } from "./__fixtures__/arbitrary-mailbox.js";
import { expectEqualComposers } from "./__fixtures__/expect-equal-composers.js";
import { prepare } from "./__fixtures__/prepare.js";

const messages = fc
  .record({
    sender: fc.record(
      { from_email: fc.constant("shop@example.org"), from_name: arbitraryLine() },
      { requiredKeys: [] },
    ),
    message: fc.record(
      {
        to: fc.oneof(
          { arbitrary: fc.array(arbitraryMailbox, { minLength: 1, maxLength: 3 }), weight: 20 },
          { arbitrary: fc.array(arbitraryMailbox, { minLength: 1, maxLength: 60, size: "max" }), weight: 1 },
        ),
        cc: fc.array(arbitraryMailbox, { maxLength: 3 }),
        bcc: fc.array(arbitraryMailbox, { maxLength: 2 }),
        replyTo: fc.array(arbitraryMailbox, { maxLength: 2 }),
        subject: arbitraryLine(),
        headers: arbitraryHeaders,
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ message, sender }) => prepare(message, sender));

test("headers read the same as nodemailer's", async () => {
  await expectEqualComposers(messages, { runs: 8_000, fastShare: 0.5 });
}, 300_000);
