import { randomBytes } from "node:crypto";
import { type AddressObject, simpleParser } from "mailparser";
import { describe, expect, test } from "vitest";
import type { RelayUnderTest } from "./describe-relay.js";
import { openProvider } from "./open-provider.js";

/** What goes in comes out at the other end. */
export function describeDelivery({ current }: RelayUnderTest): void {
  const anna = { address: "anna@example.test" };
  const bert = { address: "bert@example.test" };
  const arrivedAt = (user: string, messageId: string) =>
    current().mailboxOf(user).messageWith(`<${messageId}>`);
  const parsedAt = async (user: string, messageId: string) =>
    simpleParser(Buffer.from(await arrivedAt(user, messageId)));

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

    test("subject, names and texts in any script", async () => {
      const sender = { from_email: "shop@customer.test", from_name: "Müller & Söhne, 株式会社 🎉" };
      const name = 'Anna "Ännchen" Müller-Lüdenscheidt 안나';
      const subject = `Grüße 🎉 aus Köln, 日本語も、привет — ${"sehr große Grüße 👋🏽 ".repeat(12)}!`;
      const text = "Grüße 🎉\n日本語\n\u{1F469}\u200D\u{1F680} привет, ß\n";
      const html = "<p>Grüße 🎉 日本語 &amp; привет</p>";
      await using provider = await openProvider(current(), "starttls", { sender });
      const receipt = await provider.send({
        to: [{ ...anna, name }],
        subject,
        text,
        html,
        replyTo: [{ address: "reply@customer.test", name: "Antwört" }],
        attachments: [
          { filename: "Übersicht 日本.txt", contentType: "text/plain", content: Buffer.from("größer") },
        ],
      });

      const parsed = await parsedAt("anna", receipt.messageId);
      expect(mailboxes(parsed.from)).toEqual([{ address: sender.from_email, name: sender.from_name }]);
      expect(mailboxes(parsed.to)).toEqual([{ ...anna, name }]);
      expect(mailboxes(parsed.replyTo)).toEqual([{ address: "reply@customer.test", name: "Antwört" }]);
      expect(parsed.subject).toBe(subject);
      expect(parsed.text?.trimEnd()).toBe(text.trimEnd());
      expect(parsed.html).toBe(html);
      expect(parsed.attachments.map(({ filename, content }) => [filename, content.toString()])).toEqual([
        ["Übersicht 日本.txt", "größer"],
      ]);
    });

    test("an attachment of 5 MB, octet by octet", async () => {
      const content = randomBytes(5 * 1024 * 1024);
      await using provider = await openProvider(current(), "starttls");
      const receipt = await provider.send({
        to: [anna],
        subject: "Large",
        text: "See the attachment.",
        attachments: [{ filename: "random.bin", contentType: "application/octet-stream", content }],
      });
      const [attachment] = (await parsedAt("anna", receipt.messageId)).attachments;
      expect(attachment?.content.equals(content)).toBe(true);
    }, 30_000);

    test("an attached message with 8-bit content", async () => {
      const content = Buffer.from("Subject: Grüße\r\n\r\nGrüße aus Köln\r\n");
      await using provider = await openProvider(current(), "ssl");
      const receipt = await provider.send({
        to: [anna],
        subject: "Forwarded",
        text: "See the attachment.",
        attachments: [{ filename: "forwarded.eml", contentType: "message/rfc822", content }],
      });
      // As octets: what a parser makes of a message in a message is its own business.
      const source = Buffer.from(await arrivedAt("anna", receipt.messageId)).toString();
      expect(source.replace(/\r\n/g, "\n")).toContain("Subject: Grüße\n\nGrüße aus Köln\n");
    });

    test("lines that SMTP could stumble over", async () => {
      const lines = [
        ".",
        "..",
        ".leading dot",
        "...",
        "From here on",
        "trailing blank ",
        "\ttab",
        "x".repeat(2_000),
        `${"ä".repeat(999)}.`,
        "QUIT",
        ".",
        "the end",
      ];
      const text = [
        lines.join("\n"),
        lines.join("\r\n"),
        lines.join("\r"),
        "\r\n.\r\nMAIL FROM:<>\r\n.",
      ].join("\n");
      await using provider = await openProvider(current(), "starttls");
      const receipt = await provider.send({
        to: [anna],
        subject: "Dots",
        text,
        html: `<pre>${text}</pre>`,
      });
      const parsed = await parsedAt("anna", receipt.messageId);
      expect(withLineFeeds(parsed.text)).toBe(withLineFeeds(text));
      expect(withLineFeeds(parsed.html || "")).toBe(withLineFeeds(`<pre>${text}</pre>`));
    });

    test("to bcc recipients, whom nobody else gets to know", async () => {
      await using provider = await openProvider(current(), "starttls");
      const receipt = await provider.send({
        to: [anna],
        bcc: [{ ...bert, name: "Bertram Secret" }],
        subject: "Secretly",
        text: "Hi",
      });
      expect(receipt.accepted).toEqual(["anna@example.test", "bert@example.test"]);
      const seenByAnna = Buffer.from(await arrivedAt("anna", receipt.messageId)).toString();
      expect(seenByAnna).not.toMatch(/bert|bcc/i);
      const seenByBert = Buffer.from(await arrivedAt("bert", receipt.messageId)).toString();
      // Above the message stands what the relay adds about this very delivery.
      expect(seenByBert.slice(seenByBert.indexOf("\nFrom: "))).not.toMatch(/bert|bcc/i);
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

const mailboxes = (field: AddressObject | AddressObject[] | undefined) =>
  [field ?? []].flat().flatMap(({ value }) => value);

const withLineFeeds = (text: string | undefined) => text?.replace(/\r\n?/g, "\n").trimEnd();
