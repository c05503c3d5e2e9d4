import { describe, expect, test } from "vitest";
import type { RelayUnderTest } from "./describe-relay.js";
import { openProvider } from "./open-provider.js";

/** Handing over: to whom, in whose name, how often. */
export function describeDelivery({ current }: RelayUnderTest): void {
  const anna = { address: "anna@example.test" };
  const bert = { address: "bert@example.test" };
  const arrivedAt = (user: string, messageId: string) =>
    current().mailboxOf(user).messageWith(`<${messageId}>`);

  describe("delivers", () => {
    test.each(["starttls", "ssl", "none"] as const)(
      "with %s, and the receipt tells the truth",
      async (mode) => {
        await using provider = await openProvider(current(), mode);
        const receipt = await provider.send({ to: [anna], subject: "Hello", text: "Hi Anna" });
        expect(receipt).toMatchObject({ accepted: ["anna@example.test"], rejected: [] });
        expect(receipt.response).toMatch(/^250 /);
        expect(receipt.warnings).toHaveLength(mode === "none" ? 1 : 0);

        const source = Buffer.from(await arrivedAt("anna", receipt.messageId)).toString();
        expect(source).toContain(`\nMessage-ID: <${receipt.messageId}>`);
        // The relay's own trace of the handover (RFC 5321 section 4.4).
        expect(/^Received: [\s\S]*?\sid ([\w.-]+)/m.exec(source)?.[1]).toBe(receipt.relayMessageId);
        expect(await current().log()).toContain(receipt.relayMessageId);
      },
    );

    test("to bcc recipients, whom nobody else gets to know", async () => {
      await using provider = await openProvider(current(), "starttls");
      const receipt = await provider.send({
        to: [anna],
        bcc: [{ ...bert, name: "Bertram Secret" }],
        subject: "Secretly",
        text: "Hi",
      });
      expect(receipt.accepted).toEqual(["anna@example.test", "bert@example.test"]);
      const disclosure = /bert@|bertram|^(?:resent-)?bcc:/im;
      const seenByAnna = Buffer.from(await arrivedAt("anna", receipt.messageId)).toString();
      expect(seenByAnna).not.toMatch(disclosure);
      const seenByBert = Buffer.from(await arrivedAt("bert", receipt.messageId)).toString();
      // Above the message stands what the relay adds about this very delivery.
      expect(seenByBert.slice(seenByBert.indexOf("\nFrom: "))).not.toMatch(disclosure);
    });

    test("in the sender's name alone", async () => {
      const sender = { from_email: "shop@customer.test", reply_to: "help@customer.test" };
      await using provider = await openProvider(current(), "starttls", { sender });
      const receipt = await provider.send({
        to: [anna],
        subject: "Hello",
        text: "Hi",
        listUnsubscribe: { url: "https://customer.test/unsubscribe", oneClick: true },
      });
      expect(receipt.messageId).toMatch(/@customer\.test$/);
      const source = Buffer.from(await arrivedAt("anna", receipt.messageId)).toString();
      expect(source).toMatch(/(?:Return-Path: |envelope-from )<shop@customer\.test>/);
      expect(source).not.toMatch(/getfluxly|nodemailer/i);
    });

    test("twenty messages at once, each of them once", async () => {
      await using provider = await openProvider(current(), "starttls");
      const receipts = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          provider.send({ to: [bert], subject: `Number ${index}`, text: "Hi" }),
        ),
      );
      for (const { messageId } of receipts) await arrivedAt("bert", messageId);
      const arrived = (await current().mailboxOf("bert").messages()).map((bytes) =>
        Buffer.from(bytes).toString(),
      );
      for (const { messageId } of receipts) {
        expect(arrived.filter((source) => source.includes(`<${messageId}>`))).toHaveLength(1);
      }
    });
  });
}
