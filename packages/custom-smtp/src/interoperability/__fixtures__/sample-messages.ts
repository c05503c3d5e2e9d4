import { createCipheriv } from "node:crypto";
import type { Attachment, EmailMessage } from "@getfluxly/email-core";
import { mailDomain } from "./real-relay.js";

export interface SampleOptions {
  /** Goes into each Message-ID, with the index: `NAME-INDEX@customer.test`. */
  readonly name: string;
  readonly count: number;
  /** Local parts; the messages go to them in turn, and some to all of them. */
  readonly users: readonly string[];
  /** Whether some have content that needs 8BITMIME. */
  readonly eightBit: boolean;
}

export const sampleDomain = "customer.test";

/** Distinct messages of all sizes and of every content that a mail server could stumble over; the same ones on every call. */
export function sampleMessages({ name, count, users, eightBit }: SampleOptions): EmailMessage[] {
  return Array.from({ length: count }, (_, index) => {
    const recipients = index % 10 === 7 ? users : [users[index % users.length] ?? ""];
    const kind = kinds[index % kinds.length] ?? tiny;
    return {
      to: recipients.map((user) => ({ address: `${user}@${mailDomain}` })),
      subject: `Number ${index} of ${name}`,
      messageId: `${name}-${index}@${sampleDomain}`,
      ...(kind === attachedMessage && !eightBit ? tiny(index) : kind(index)),
    };
  });
}

type Content = Pick<EmailMessage, "text" | "html" | "attachments">;

const sentence = "The quick brown fox jumps over the lazy dog, and .dots do not stop it.\n";
const umlauts = "Grüße aus Köln 🎉, 日本語も、привет — ß.\n";
const fill = (text: string, characters: number) =>
  text.repeat(Math.ceil(characters / text.length)).slice(0, characters);

const tiny = (index: number): Content => ({ text: `${index}` });
const attachedMessage = (index: number): Content => {
  const content = Buffer.from(`Subject: Grüße ${index}\r\n\r\n.\r\n..\r\nGrüße aus Köln\r\n`);
  return { text: "See below.", attachments: [{ ...file("forwarded.eml", "message/rfc822"), content }] };
};

const kinds: readonly ((index: number) => Content)[] = [
  tiny,
  () => ({ text: "." }),
  (index) => ({ text: `..\n.\n.${index}\n...\n.`, html: ".<br>\n.\n" }),
  (index) => ({ text: `${index}: ${umlauts}` }),
  (index) => ({ text: `${index}\n${fill(sentence, 2_000)}` }),
  (index) => ({ text: fill(sentence, 2_000), html: `<p>${index}</p>\n<p>${fill(sentence, 2_000)}</p>` }),
  (index) => ({ text: `${index}\n${fill(sentence, 60_000)}` }),
  (index) => ({ text: `${index}\n${fill(umlauts, 60_000)}` }),
  (index) => ({ text: `${index}\n${fill(".xy", 5_000 + index)}\n${fill("ä.", 997)}\n${fill("x", 998)}\n.` }),
  (index) => ({ text: `bare\nline\nfeeds ${index}\nand\r\nothers\n\r\n\n.\n` }),
  (index) => ({
    text: "See the attachment.",
    attachments: [{ ...file("random.bin", "application/octet-stream"), content: noise(300_000, index) }],
  }),
  (index) => ({ html: `<p>${index} ${fill(umlauts, 2_000)}</p>` }),
  (index) => ({
    text: `\r\n.\r\nMAIL FROM:<>\r\nRCPT TO:<anna@${mailDomain}>\r\nDATA\r\n.\r\nQUIT ${index}\r\n.`,
  }),
  // A dot at every place in the line, so that wrapping makes it the first of one.
  (index) => ({ text: Array.from({ length: 90 }, (_, at) => `${fill("ö", at)}.${index}`).join("\n") }),
  attachedMessage,
  (index) => ({ text: `${index} \n\t.\n trailing blanks  \n\ttabs\t\n${fill(sentence, 2_000)}` }),
  (index) => ({ html: `<div>${index}${fill(sentence, 60_000)}</div>` }),
  (index) => ({
    text: "With a picture.",
    html: `<img src="cid:dot-${index}@${sampleDomain}">`,
    attachments: [
      {
        ...file("dot.png", "image/png"),
        contentId: `dot-${index}@${sampleDomain}`,
        content: noise(500, index),
      },
    ],
  }),
  (index) => ({
    text: umlauts,
    attachments: [
      { ...file("Übersicht.txt", "text/plain"), content: Buffer.from("\r\n.\r\nQUIT\n\r.\0\xff", "latin1") },
      { ...file("empty.txt", "text/plain"), content: new Uint8Array() },
      { ...file("noise.bin", "application/octet-stream"), content: noise(2_000 + index, index) },
    ],
  }),
  (index) => ({ text: `From here on\nFrom ${index}\n>From\n\nFrom me` }),
];

const file = (filename: string, contentType: string): Omit<Attachment, "content"> => ({
  filename,
  contentType,
});

/** Octets without a pattern, the same ones for the same seed. */
function noise(size: number, seed: number): Uint8Array {
  const cipher = createCipheriv("aes-128-ctr", Buffer.alloc(16, seed), Buffer.alloc(16));
  return cipher.update(Buffer.alloc(size));
}
