import type { EmailMessage, PreparedMessage } from "@getfluxly/email-core";
import { simpleParser } from "mailparser";
import { describe, expect, test } from "vitest";
import type { Content } from "../session/content.js";
import { date, prepare } from "./__fixtures__/prepare.js";
import { received } from "./__fixtures__/received.js";
import { composeFast } from "./compose-fast.js";
import { composeMessage } from "./compose-message.js";
import { composeWithNodemailer } from "./compose-with-nodemailer.js";

type Composer = (message: PreparedMessage, date: Date) => Content | undefined | Promise<Content>;

const composers: readonly [name: string, composer: Composer][] = [
  ["composed fast", composeFast],
  ["composed by nodemailer", composeWithNodemailer],
];

async function composeWith(composer: Composer, message: Partial<EmailMessage>, sender = {}) {
  const prepared = prepare(message, sender);
  const content = await composer(prepared, date);
  if (!content) throw new Error("The message was left to nodemailer.");
  const wire = received(content);
  return { prepared, content, wire, parsed: await simpleParser(Buffer.from(wire, "latin1")) };
}

const headersOf = (wire: string) =>
  wire
    .slice(0, wire.indexOf("\r\n\r\n"))
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n");
const namesOf = (wire: string) =>
  headersOf(wire).map((line) => line.slice(0, line.indexOf(":")).toLowerCase());

describe.each(composers)("a message %s", (_name, composer) => {
  const compose = (message: Partial<EmailMessage>, sender = {}) => composeWith(composer, message, sender);

  test("has our Message-ID, the given date, and no header that nobody asked for", async () => {
    const { prepared, wire } = await compose({});
    expect(headersOf(wire)).toContain(`Message-ID: <${prepared.messageId}>`);
    expect(headersOf(wire)).toContain("Date: Tue, 03 Feb 2026 04:05:06 +0000");
    expect(namesOf(wire).sort()).toEqual(
      [
        "content-transfer-encoding",
        "content-type",
        "date",
        "from",
        "message-id",
        "mime-version",
        "subject",
        "to",
      ].sort(),
    );
    expect(wire).not.toMatch(/getfluxly|nodemailer/i);
  });

  test("keeps names and texts of any script, in lines that every relay takes", async () => {
    const text = `Grüße, 世界 🎉 ${"long ".repeat(500)}\nsecond line\n.\n..dots`;
    const { parsed, wire, content } = await compose(
      {
        to: [{ address: "anna@example.com", name: 'Ännä, "the" <best> 世界' }],
        subject: `Ihr Päckchen ist da ${"sehr ".repeat(60)}schön 🎉`,
        text,
        html: `<p>${text}</p>`,
        replyTo: [{ address: "reply@example.org", name: "Antwört" }],
      },
      { from_name: "Müller & Söhne" },
    );
    expect(parsed.from?.value).toEqual([{ name: "Müller & Söhne", address: "shop@example.org" }]);
    expect(parsed.to).toMatchObject({
      value: [{ name: 'Ännä, "the" <best> 世界', address: "anna@example.com" }],
    });
    expect(parsed.replyTo?.value).toEqual([{ name: "Antwört", address: "reply@example.org" }]);
    expect(parsed.subject).toBe(`Ihr Päckchen ist da ${"sehr ".repeat(60)}schön 🎉`);
    expect(parsed.text?.trimEnd()).toBe(text);
    expect(Math.max(...wire.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(content.eightBit).toBe(false);
    expect(content.smtpUtf8).toBe(false);
  });

  test("has text alone, HTML alone, or both as alternatives", async () => {
    expect((await compose({})).wire).toMatch(/^Content-Type: text\/plain/m);
    expect((await compose({ text: undefined, html: "<b>Hi</b>" })).wire).toMatch(
      /^Content-Type: text\/html/m,
    );
    const both = await compose({ html: "<b>Hi</b>" });
    expect(both.wire).toMatch(/^Content-Type: multipart\/alternative/m);
    expect(both.parsed.text).toBe("Hi");
    expect(both.parsed.html).toBe("<b>Hi</b>");
  });

  test("carries attachments octet by octet, and inline images by their id", async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_unused, index) => (index * 31) % 256);
    const view = bytes.subarray(100, 60_100);
    const { parsed } = await compose({
      html: '<img src="cid:logo@example.org">',
      attachments: [
        { filename: "Übersicht (1).pdf", contentType: "application/pdf", content: view },
        { filename: "logo.png", contentType: "image/png", content: bytes, contentId: "logo@example.org" },
      ],
    });
    const [image, file] = [...parsed.attachments]
      .sort((one, other) => one.contentType.localeCompare(other.contentType))
      .reverse();
    expect(file).toMatchObject({ filename: "Übersicht (1).pdf", contentType: "application/pdf" });
    expect(file?.content.equals(view)).toBe(true);
    expect(image).toMatchObject({ cid: "logo@example.org", contentDisposition: "inline" });
    expect(image?.content.equals(bytes)).toBe(true);
  });

  test("names no bcc recipient", async () => {
    const { prepared, wire } = await compose({ bcc: [{ address: "secret@example.net", name: "Hidden" }] });
    expect(prepared.envelope.to).toContain("secret@example.net");
    expect(wire).not.toMatch(/secret|hidden|bcc/i);
  });

  test("writes both headers of one-click unsubscription", async () => {
    const url = `https://example.org/u/${"a1b2c3".repeat(60)}?c=1&d=2`;
    const { wire } = await compose({ listUnsubscribe: { url, oneClick: true } });
    expect(headersOf(wire)).toContain(`List-Unsubscribe: <${url}>`);
    expect(headersOf(wire)).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
  });

  test("passes own headers through", async () => {
    const { parsed } = await compose({
      headers: { "X-Campaign": "grün 1", "In-Reply-To": "<a@example.org>" },
    });
    expect(parsed.headers.get("x-campaign")).toBe("=?UTF-8?Q?gr=C3=BCn_1?=");
    expect(parsed.inReplyTo).toBe("<a@example.org>");
  });
});

describe("a message for nodemailer", () => {
  const compose = (message: Partial<EmailMessage>) => composeWith(composeMessage, message);

  test("keeps structured headers as they are, and folds long ones", async () => {
    const { wire } = await compose({
      to: [{ address: "jörg@example.com" }],
      headers: {
        "List-ID": '"News" <news.example.org>',
        References: `<${"a".repeat(60)}@x.test> <${"b".repeat(60)}@x.test>`,
      },
    });
    expect(headersOf(wire)).toContain('List-ID: "News" <news.example.org>');
    expect(wire).toMatch(/\r\nReferences:\s+<a{60}@x\.test>\r\n\s+<b{60}@x\.test>\r\n/);
  });

  test.each(['"a"\r\nBcc: x@example.com', "a\r\nBcc: x@example.com"])(
    "cannot get a header from the value %j, even past core",
    async (value) => {
      const message = { ...prepare({}), headers: { "X-A": value } };
      const wire = received(await composeMessage(message, date));
      expect(namesOf(wire)).not.toContain("bcc");
    },
  );

  test("tells when it needs SMTPUTF8 or 8BITMIME", async () => {
    expect((await compose({ to: [{ address: "jörg@example.com" }] })).content.smtpUtf8).toBe(true);
    expect((await compose({ bcc: [{ address: "jörg@example.com" }] })).content.smtpUtf8).toBe(true);
  });

  test.each(["message/rfc822", "Message/RFC822"])("leaves an attached %s as it is", async (contentType) => {
    const content = Buffer.from("Subject: Grüße\r\n\r\nGrüße\r\n");
    const attached = await compose({ attachments: [{ filename: "a.eml", contentType, content }] });
    expect(attached.content).toMatchObject({ eightBit: true, smtpUtf8: false });
    expect(attached.wire).toContain(`\r\n\r\n${content.toString("latin1")}`);
  });
});

describe.each(composers)("nothing in a message %s is read as a place to load from", (_name, composer) => {
  // Each of these is content for MailComposer when it stands in another field.
  test.each(["/etc/hostname", "file:///etc/hostname", "data:text/plain,loaded", "http://127.0.0.1:9/"])(
    "%s stays text",
    async (place) => {
      const { parsed } = await composeWith(composer, {
        subject: place,
        text: place,
        attachments: [{ filename: "a.txt", contentType: "text/plain", content: Buffer.from(place) }],
      });
      expect(parsed.text?.trim()).toBe(place);
      expect(parsed.attachments[0]?.content.toString()).toBe(place);
    },
  );

  test("an object in place of a text is refused before it is composed", async () => {
    const text = { path: "/etc/hostname" } as unknown as string;
    await expect(composeWith(composer, { text })).rejects.toMatchObject({ code: "message-invalid" });
  });
});

test("a usual message is composed at once, any other later", () => {
  expect(composeMessage(prepare({}), date)).not.toBeInstanceOf(Promise);
  expect(composeMessage(prepare({ to: [{ address: "jörg@example.com" }] }), date)).toBeInstanceOf(Promise);
});
