import type { PreparedMessage } from "@getfluxly/email-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryMessage } from "./__fixtures__/arbitrary-message.js";
import { decodeQuotedPrintable } from "./__fixtures__/decode-quoted-printable.js";
import { decodeWords } from "./__fixtures__/decode-words.js";
import { date, prepare } from "./__fixtures__/prepare.js";
import { received } from "./__fixtures__/received.js";
import { type Leaf, toLeaves } from "./__fixtures__/to-leaves.js";
import { composeFast } from "./compose-fast.js";

function compose(message: PreparedMessage) {
  const content = composeFast(message, date);
  if (content === undefined) throw new Error("The message was left to nodemailer.");
  return { content, wire: Buffer.concat([...content.pieces]), text: received(content) };
}

/** For any message that is composed fast. */
function always(
  numRuns: number,
  check: (composed: ReturnType<typeof compose>, message: PreparedMessage) => void,
) {
  fc.assert(
    fc.property(arbitraryMessage, (message) => {
      if (composeFast(message, date)) check(compose(message), message);
    }),
    { numRuns },
  );
}

const headOf = (text: string) => text.slice(0, text.indexOf("\r\n\r\n"));

function decodedBody({ fields, body }: Leaf): string {
  const encoding = fields.get("content-transfer-encoding");
  if (encoding === "quoted-printable") return decodeQuotedPrintable(body);
  return encoding === "base64" ? Buffer.from(body, "base64").toString() : body;
}

describe("a message composed fast", () => {
  test("looks like ordinary mail", () => {
    const message = prepare(
      {
        to: [{ address: "anna@example.com", name: "Anna" }, { address: "bert@example.com" }],
        cc: [{ address: "carl@example.com", name: "Carl, the 3rd" }],
        replyTo: [{ address: "help@example.org", name: "Hilfe für Sie" }],
        subject: "Your order",
        text: "Hello\n.dot\n",
        html: "<b>Grüße</b>",
        headers: { "X-Campaign": "spring" },
        listUnsubscribe: { url: "https://example.org/u", oneClick: true },
        messageId: "1@example.org",
      },
      { from_name: "Shop" },
    );
    const boundaries = /=_[\da-f-]{36}/g;
    expect(compose(message).wire.toString().replace(boundaries, "BOUNDARY").split("\r\n")).toEqual([
      "From: Shop <shop@example.org>",
      "To: Anna <anna@example.com>, bert@example.com",
      'Cc: "Carl, the 3rd" <carl@example.com>',
      "Reply-To: =?UTF-8?Q?Hilfe_f=C3=BCr_Sie?= <help@example.org>",
      "Subject: Your order",
      "Message-ID: <1@example.org>",
      "List-Unsubscribe: <https://example.org/u>",
      "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
      "X-Campaign: spring",
      "Date: Tue, 03 Feb 2026 04:05:06 +0000",
      "MIME-Version: 1.0",
      "Content-Type: multipart/alternative;",
      ' boundary="BOUNDARY"',
      "",
      "--BOUNDARY",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: 7bit",
      "",
      "Hello",
      "..dot",
      "",
      "--BOUNDARY",
      "Content-Type: text/html; charset=utf-8",
      "Content-Transfer-Encoding: quoted-printable",
      "",
      "<b>Gr=C3=BC=C3=9Fe</b>",
      "--BOUNDARY--",
      "",
    ]);
  });

  test("goes over any SMTP connection: ASCII in CRLF lines, dots doubled, size told", () => {
    always(1_500, ({ content, wire, text }) => {
      const octets = wire.toString("latin1");
      expect(octets).toMatch(/^[\x01-\x7f]*\r\n$/);
      expect(octets).not.toMatch(/\r(?!\n)|(?<!\r)\n/);
      expect(octets).not.toMatch(/(?:^|\r\n)\.(?!\.)/);
      expect(content).toMatchObject({ size: text.length, eightBit: false, smtpUtf8: false });
      expect(Math.max(...text.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(998);
    });
  });

  test("breaks the lines of its headers where it may, and encodes words that stand alone", () => {
    always(1_500, ({ text }) => {
      for (const line of [headOf(text), ...toLeaves(text).map(({ head }) => head)]
        .join("\r\n")
        .split("\r\n")) {
        expect(line.trim()).not.toBe("");
        // An id or a URL stays beside its name.
        const isLone =
          /^ *[^ ]+$|^(?:Message-ID|Content-ID|List-Unsubscribe): <[^ ]+>$|^Content-Type: [^ ]+;$/;
        expect(line.length <= 76 || isLone.test(line)).toBe(true);
        expect(decodeWords(line)).not.toMatch(/=\?UTF-8/);
      }
    });
  });

  test("has the header fields that were asked for, once each, in the usual order", () => {
    always(1_000, ({ text }, message) => {
      const names = headOf(text).match(/^[\w-]+(?=:)/gm) ?? [];
      const isThere = (name: string, when: unknown) => (when ? [name] : []);
      expect(names).toEqual([
        "From",
        "To",
        ...isThere("Cc", message.cc?.length),
        ...isThere("Reply-To", message.replyTo.length),
        ...isThere("Subject", message.subject.replace(/^ +$/, "")),
        "Message-ID",
        ...isThere("List-Unsubscribe", message.listUnsubscribe),
        ...isThere("List-Unsubscribe-Post", message.listUnsubscribe?.oneClick),
        ...Object.entries(message.headers ?? {}).flatMap(([name, value]) =>
          isThere(name, value.replace(/^ +$/, "")),
        ),
        "Date",
        "MIME-Version",
        "Content-Type",
        ...names.filter((name) => name === "Content-Transfer-Encoding"),
      ]);
    });
  });

  test("carries its texts to the character, its attachments to the octet, in a frame that nothing inside can break", () => {
    always(1_500, ({ text }, message) => {
      const { html, attachments = [] } = message;
      const leaves = toLeaves(text);
      const texts = [message.text, html].filter(Boolean).map((one) => one?.replace(/\r\n?|\n/g, "\r\n"));
      const bodies = leaves.splice(0, message.text ? 1 : 0).map(decodedBody);
      if (html) bodies.push(...leaves.splice(0, 1).map(decodedBody));
      if (bodies.length + leaves.length > 1) expect(bodies).toEqual(texts);
      // Alone, a text has to end its last line.
      else
        expect(bodies.map((body) => body.replace(/\r\n$/, ""))).toEqual(
          texts.map((one) => one?.replace(/\r\n$/, "")),
        );

      const isInline = ({ contentId }: { contentId?: string | undefined }) => html && contentId !== undefined;
      const ordered = [...attachments.filter(isInline), ...attachments.filter((one) => !isInline(one))];
      expect(leaves.map(({ body }) => Buffer.from(body, "base64").toString("hex"))).toEqual(
        ordered.map(({ content }) => Buffer.from(content).toString("hex")),
      );
      for (const { fields, body } of toLeaves(text)) {
        if (fields.get("content-transfer-encoding") === "7bit") continue;
        expect(Math.max(...body.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(76);
      }
    });
  });

  test("names no bcc recipient, and no software", () => {
    const bcc = [{ address: "secret@hidden.example", name: "Hidden" }];
    always(1_000, (_composed, message) => {
      const envelope = { ...message.envelope, to: [...message.envelope.to, "secret@hidden.example"] };
      expect(compose({ ...message, bcc, envelope }).wire.toString()).not.toMatch(
        /secret@hidden|^bcc:|getfluxly|nodemailer/im,
      );
    });
  });

  test("leaves the message as it was", () => {
    const content = Uint8Array.from({ length: 1000 }, (_, index) => index);
    const attachments = [{ filename: "a.bin", contentType: "application/x", content }];
    compose(prepare({ text: "a\r\n.\r\n", attachments }));
    expect(content).toEqual(Uint8Array.from({ length: 1000 }, (_, index) => index));
  });
});

describe("a boundary", () => {
  test("is another one each time", () => {
    const message = prepare({ html: "<b>Hi</b>" });
    expect(compose(message).text).not.toBe(compose(message).text);
  });

  test("of an earlier message ends nothing in the text of a later one", () => {
    const earlier = compose(prepare({ html: "<b>Hi</b>" })).text.replaceAll("\r\n", "\n");
    const { text } = compose(prepare({ text: earlier, html: earlier }));
    expect(toLeaves(text).map(({ body }) => body.replaceAll("\r\n", "\n"))).toEqual([earlier, earlier]);
  });
});
