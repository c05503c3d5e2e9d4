import type { EmailMessage, PreparedMessage } from "@getfluxly/email-core";
import { describe, expect, test } from "vitest";
import { date, prepare } from "./__fixtures__/prepare.js";
import { composeFast } from "./compose-fast.js";

const content = new Uint8Array(3);
const file = { filename: "a.pdf", contentType: "application/pdf", content };
const fast: Partial<EmailMessage>[] = [
  { text: "Grüße, 世界", subject: "Grüße", to: [{ address: "a@example.com", name: 'Ännä "x"' }] },
  {
    html: "<b>x</b>",
    attachments: [
      { ...file, filename: "Übersicht.pdf" },
      { ...file, contentId: "a@b" },
    ],
  },
  {
    headers: {
      "X-A": "grün",
      "In-Reply-To": "<a@example.org>",
      References: "<a@example.org> <b@example.org>",
    },
  },
  { text: "=?utf-8?q?x?=" },
];
const left: [why: string, message: Partial<EmailMessage>][] = [
  ["an address in to", { to: [{ address: "jörg@example.com" }] }],
  ["an address in cc", { cc: [{ address: "jörg@example.com" }] }],
  ["an address in bcc", { bcc: [{ address: "jörg@example.com" }] }],
  ["an address in replyTo", { replyTo: [{ address: "jörg@example.com" }] }],
  ["the return path", { returnPath: "jörg@example.com" }],
  ["an attached message", { attachments: [{ ...file, contentType: "message/rfc822" }] }],
  ["an attached message, in capitals", { attachments: [{ ...file, contentType: "Message/RFC822" }] }],
  ["an encoded word in the subject", { subject: "=?utf-8?q?x?=" }],
  ["the start of an encoded word in a name", { to: [{ address: "a@example.com", name: "=?" }] }],
  ["an encoded word in a file name", { attachments: [{ ...file, filename: "=?utf-8?q?x?=.pdf" }] }],
  ["an encoded word in a header", { headers: { "X-A": "see =?utf-8?q?x?=" } }],
  ["an encoded word in an address", { to: [{ address: "=?x@example.com" }] }],
  ["ids without brackets", { headers: { References: "a@example.org b@example.org" } }],
  ["an id that is text", { headers: { "in-reply-to": "the letter of Monday" } }],
  ["a one-time password", { headers: { "OTP-Token": '"123"; origin="https://example.org"' } }],
];

test.each(fast)("%j is composed fast", (message) => {
  expect(composeFast(prepare(message), date)).toBeDefined();
});

test.each(left)("left to nodemailer: %s", (_why, message) => {
  expect(composeFast(prepare(message), date)).toBeUndefined();
});

describe("what core refuses comes not even past it", () => {
  const message = prepare({ text: "Hi", headers: { "X-A": "a" }, attachments: [file] });
  const places: [name: string, at: (text: string) => Partial<PreparedMessage>][] = [
    ["from", (text) => ({ from: { address: `a@example.org${text}` } })],
    ["from, its name", (text) => ({ from: { address: "a@example.org", name: text } })],
    ["to", (text) => ({ to: [{ address: `a@example.org${text}` }] })],
    ["to, its name", (text) => ({ to: [{ address: "a@example.org", name: text }] })],
    ["cc", (text) => ({ cc: [{ address: `a@example.org${text}` }] })],
    ["cc, its name", (text) => ({ cc: [{ address: "a@example.org", name: text }] })],
    ["replyTo", (text) => ({ replyTo: [{ address: `a@example.org${text}` }] })],
    ["replyTo, its name", (text) => ({ replyTo: [{ address: "a@example.org", name: text }] })],
    ["subject", (text) => ({ subject: `a${text}` })],
    ["messageId", (text) => ({ messageId: `a${text}@example.org` })],
    ["listUnsubscribe", (text) => ({ listUnsubscribe: { url: `https://example.org/${text}` } })],
    ["a header's name", (text) => ({ headers: { [`X-A${text}`]: "a" } })],
    ["a header's value", (text) => ({ headers: { "X-A": `a${text}` } })],
    ["a file name", (text) => ({ attachments: [{ ...file, filename: `a${text}` }] })],
    ["a content type", (text) => ({ attachments: [{ ...file, contentType: `a/b${text}` }] })],
    ["a content id", (text) => ({ attachments: [{ ...file, contentId: `a${text}` }] })],
  ];
  test.each(places)("%s", (_name, at) => {
    for (const text of ["\r\nBcc: x@example.com", "\nX: y", "\ry", "\0", "\x7f", "\t"]) {
      expect(composeFast({ ...message, ...at(text) }, date)).toBeUndefined();
      expect(composeFast({ ...message, ...at(`ü${text}`) }, date)).toBeUndefined();
    }
    expect(composeFast({ ...message, ...at("x") }, date)).toBeDefined();
  });

  test("half a character in a name, and a message without a body", () => {
    expect(composeFast({ ...message, subject: "\ud83d" }, date)).toBeUndefined();
    expect(composeFast({ ...message, text: "" }, date)).toBeUndefined();
  });
});
