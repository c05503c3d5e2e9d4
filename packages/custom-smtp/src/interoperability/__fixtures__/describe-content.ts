import { randomBytes } from "node:crypto";
import type { Receipt } from "@getfluxly/email-core";
import { type AddressObject, simpleParser } from "mailparser";
import { describe, expect, test } from "vitest";
import type { RelayUnderTest } from "./describe-relay.js";
import { openProvider } from "./open-provider.js";

/** What goes in comes out at the other end. */
export function describeContent({ current }: RelayUnderTest): void {
  const anna = { address: "anna@example.test" };
  const arrived = async ({ messageId }: Receipt) =>
    Buffer.from(await current().mailboxOf("anna").messageWith(`<${messageId}>`));
  const parsed = async (receipt: Receipt) => simpleParser(await arrived(receipt));

  describe("carries", () => {
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

      const message = await parsed(receipt);
      expect(mailboxes(message.from)).toEqual([{ address: sender.from_email, name: sender.from_name }]);
      expect(mailboxes(message.to)).toEqual([{ ...anna, name }]);
      expect(mailboxes(message.replyTo)).toEqual([{ address: "reply@customer.test", name: "Antwört" }]);
      expect(message.subject).toBe(subject);
      expect(message.text?.trimEnd()).toBe(text.trimEnd());
      expect(message.html).toBe(html);
      expect(message.attachments.map(({ filename, content }) => [filename, content.toString()])).toEqual([
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
      const [attachment] = (await parsed(receipt)).attachments;
      expect(attachment?.content.equals(content)).toBe(true);
    });

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
      const source = (await arrived(receipt)).toString();
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
      const message = await parsed(receipt);
      expect(withLineFeeds(message.text)).toBe(withLineFeeds(text));
      expect(withLineFeeds(message.html || "")).toBe(withLineFeeds(`<pre>${text}</pre>`));
    });
  });
}

const mailboxes = (field: AddressObject | AddressObject[] | undefined) =>
  [field ?? []].flat().flatMap(({ value }) => value);

const withLineFeeds = (text: string | undefined) => text?.replace(/\r\n?/g, "\n").trimEnd();
