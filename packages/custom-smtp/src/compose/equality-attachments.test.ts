import fc from "fast-check";
import { test } from "vitest";
import { arbitraryAttachment } from "./__fixtures__/arbitrary-attachment.js";
import { expectEqualComposers } from "./__fixtures__/expect-equal-composers.js";
import { prepare } from "./__fixtures__/prepare.js";

const body = fc.constantFrom("Hi", "Grüße\n", "世界", "");
const url = fc.constantFrom("https://example.org/u?a=1&b=2", `https://example.org/${"a1".repeat(430)}`);

const messages = fc
  .record({
    text: body,
    html: body,
    attachments: fc.array(arbitraryAttachment, { maxLength: 4 }),
    listUnsubscribe: fc.option(fc.record({ url, oneClick: fc.boolean() }), { nil: undefined }),
  })
  .filter(({ text, html }) => text !== "" || html !== "")
  .map((message) => prepare(message));

test("attachments and their tree read the same as nodemailer's", async () => {
  await expectEqualComposers(messages, { runs: 8_000, fastShare: 0.8 });
}, 300_000);
