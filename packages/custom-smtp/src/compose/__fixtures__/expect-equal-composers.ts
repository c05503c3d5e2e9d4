import type { PreparedMessage } from "@getfluxly/email-core";
import fc from "fast-check";
import { expect } from "vitest";
import { composeFast } from "../compose-fast.js";
import { composeWithNodemailer } from "../compose-with-nodemailer.js";
import { date } from "./prepare.js";
import { received } from "./received.js";
import { toExpectedView } from "./to-expected-view.js";
import { toView } from "./to-view.js";

/** What an independent parser reads is what the message says, and the same as from nodemailer's MailComposer. */
export async function expectEqualComposers(
  messages: fc.Arbitrary<PreparedMessage>,
  { runs, fastShare }: { readonly runs: number; readonly fastShare: number },
): Promise<void> {
  let fast = 0;
  let composed = 0;
  await fc.assert(
    fc.asyncProperty(messages, async (message) => {
      composed += 1;
      const content = composeFast(message, date);
      if (content === undefined) return;
      fast += 1;
      const own = await toView(received(content));
      expect(own).toEqual(toExpectedView(message));
      const reference = await toView(received(await composeWithNodemailer(message, date)));
      expect(own).toEqual(reference);
    }),
    { numRuns: runs },
  );
  console.log(`${fast} of ${composed} messages composed fast`);
  expect(composed).toBeGreaterThanOrEqual(runs);
  expect(fast).toBeGreaterThan(composed * fastShare);
}
