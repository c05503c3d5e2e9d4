import fc from "fast-check";
import { test } from "vitest";
import { arbitraryText } from "./__fixtures__/arbitrary-text.js";
import { expectEqualComposers } from "./__fixtures__/expect-equal-composers.js";
import { prepare } from "./__fixtures__/prepare.js";

const messages = fc
  .record({ text: arbitraryText, html: arbitraryText }, { requiredKeys: [] })
  .filter(({ text, html }) => Boolean(text) || Boolean(html))
  .map(({ text, html }) => prepare({ text, html }));

test("texts read the same as nodemailer's", async () => {
  await expectEqualComposers(messages, { runs: 8_000, fastShare: 0.99 });
}, 300_000);
