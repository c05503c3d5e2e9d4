import { randomBytes } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import type { RelayUnderTest } from "./describe-relay.js";
import { failureOf } from "./failure-of.js";
import { openProvider } from "./open-provider.js";

/** What a relay does not take, in whole or in part. */
export function describeRefusal({ current, modest, enhancedStatusCodes }: RelayUnderTest): void {
  const to = (...users: string[]) => users.map((user) => ({ address: `${user}@example.test` }));
  const content = { subject: "Hello", text: "Hi" };
  const replyWith = (code: number, enhancedStatus: string) => ({
    code,
    ...(enhancedStatusCodes && { enhancedStatus }),
  });

  describe("is refused", () => {
    test("an unknown user, with the relay's reply", async () => {
      const beforeHandover = vi.fn(async () => undefined);
      await using provider = await openProvider(current(), "starttls");
      const failure = await failureOf(provider.send({ to: to("nobody"), ...content }, { beforeHandover }));
      expect(failure).toMatchObject({
        code: "recipients-refused",
        stage: "rcpt-to",
        certainty: "not_sent",
        retryable: false,
        actor: "recipient",
        reply: replyWith(550, "5.1.1"),
        rejected: [{ address: "nobody@example.test", permanent: true, reply: { code: 550 } }],
      });
      expect(beforeHandover).not.toHaveBeenCalled();
    });

    test("one unknown user among three, and the others get their mail", async () => {
      await using provider = await openProvider(current(), "starttls");
      const receipt = await provider.send({ to: to("anna", "nobody", "bert"), ...content });
      expect(receipt.accepted).toEqual(["anna@example.test", "bert@example.test"]);
      expect(receipt.rejected).toMatchObject([
        {
          address: "nobody@example.test",
          permanent: true,
          reply: replyWith(550, "5.1.1"),
        },
      ]);
      for (const user of ["anna", "bert"]) {
        await current().mailboxOf(user).messageWith(`<${receipt.messageId}>`);
      }
    });

    test("a domain that the relay does not serve", async () => {
      await using provider = await openProvider(current(), "starttls");
      const failure = await failureOf(
        provider.send({ to: [{ address: "anna@elsewhere.test" }], ...content }),
      );
      expect(failure).toMatchObject({
        code: "recipients-refused",
        certainty: "not_sent",
        // Without an enhanced status code nothing tells it from an unknown user.
        actor: enhancedStatusCodes ? "configuration" : "recipient",
        reply: enhancedStatusCodes ? { enhancedStatus: "5.7.1" } : { code: 550 },
      });
    });

    test("a message over the announced size, before a byte of it leaves", async () => {
      await using provider = await openProvider(modest(), "starttls");
      const beforeHandover = vi.fn(async () => undefined);
      const sendWith = (bytes: number) => {
        const contentType = "application/octet-stream";
        const attachments = [{ filename: "random.bin", contentType, content: randomBytes(bytes) }];
        return provider.send({ to: to("anna"), ...content, attachments }, { beforeHandover });
      };
      expect(await failureOf(sendWith(100_000))).toMatchObject({
        code: "message-too-large",
        certainty: "not_sent",
        retryable: false,
        actor: "message",
      });
      expect(beforeHandover).not.toHaveBeenCalled();
      // What still fits, arrives; so the limit was read right.
      const receipt = await sendWith(50_000);
      await modest().mailboxOf("anna").messageWith(`<${receipt.messageId}>`);
      expect(await modest().mailboxOf("anna").messages()).toHaveLength(1);
    });

    test("a recipient beyond ASCII, where the relay does not announce SMTPUTF8, and nowhere else", async () => {
      await using modestProvider = await openProvider(modest(), "starttls");
      const failure = await failureOf(modestProvider.send({ to: to("jörg"), ...content }));
      expect(failure).toMatchObject({
        code: "smtputf8-unsupported",
        certainty: "not_sent",
        retryable: false,
      });
      expect(await modest().mailboxOf("jörg").messages()).toEqual([]);

      await using provider = await openProvider(current(), "starttls");
      const receipt = await provider.send({ to: to("jörg"), ...content });
      expect(receipt.accepted).toEqual(["jörg@example.test"]);
      await current().mailboxOf("jörg").messageWith(`<${receipt.messageId}>`);
    });
  });
}
