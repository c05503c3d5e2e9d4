import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { type CapturedMessage, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import nodemailer, { type SendMailOptions } from "nodemailer";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bridge, hello, openBridge } from "./__fixtures__/open-bridge.js";

let bridge: Bridge;
beforeAll(async () => {
  bridge = await openBridge();
});
afterAll(() => bridge[Symbol.asyncDispose]());

const folder = mkdtempSync(join(tmpdir(), "nodemailer-bridge-"));
afterAll(() => rmSync(folder, { recursive: true }));
const octets = Buffer.from(Array.from({ length: 1024 }, (_, index) => index % 256));
const file = join(folder, "report.pdf");
writeFileSync(file, octets);
const website = createServer((request, response) => {
  if (request.url === "/gone") response.writeHead(404).end();
  else response.end(request.headers["x-key"] === "1" ? "with key" : "<p>from the web</p>");
});
let web = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => website.listen(0, "127.0.0.1", resolve));
  web = `http://127.0.0.1:${(website.address() as AddressInfo).port}`;
});
afterAll(() => website.close());

const header = ({ parsed }: CapturedMessage, name: string) => parsed.headers.get(name);

describe("addresses", () => {
  test("may be text with names, objects and lists, in every field", async () => {
    const { envelope, parsed, raw } = await bridge.deliver({
      from: '"Shop" <shop@example.org>',
      to: 'anna@example.com, "Müller, Berta" <berta@example.com>',
      cc: { name: "Carl", address: "carl@example.com" },
      bcc: ["dora@example.com", { name: "Emil", address: "emil@example.com" }],
      replyTo: "Help <help@example.org>, sales@example.org",
    });
    expect(envelope.from).toBe("shop@example.org");
    expect(envelope.to).toEqual(
      ["anna", "berta", "carl", "dora", "emil"].map((name) => `${name}@example.com`),
    );
    expect(parsed).toMatchObject({
      from: [{ address: "shop@example.org", name: "Shop" }],
      to: [
        { address: "anna@example.com", name: "" },
        { address: "berta@example.com", name: "Müller, Berta" },
      ],
      cc: [{ address: "carl@example.com", name: "Carl" }],
      bcc: [],
      replyTo: [
        { address: "help@example.org", name: "Help" },
        { address: "sales@example.org", name: "" },
      ],
    });
    expect(Buffer.from(raw).toString()).not.toMatch(/dora|emil/i);
  });

  test.each<[string, SendMailOptions]>([
    ["absent", {}],
    ["the address alone", { from: "shop@example.org" }],
    ["an object", { from: { name: "Shop", address: "shop@example.org" } }],
    ["spelt otherwise where that means the same", { from: "shop@EXAMPLE.org" }],
    ["given as sender, too", { from: "shop@example.org", sender: "Shop <shop@example.org>" }],
  ])("from: %s", async (_name, mail) => {
    const { parsed } = await bridge.deliver(mail);
    expect(parsed.from).toEqual([{ address: "shop@example.org", name: "Shop" }]);
    expect(parsed.headers.has("sender")).toBe(false);
  });

  test("in Unicode have the domain that nodemailer makes of them, the stored one included", async () => {
    await using own = await openBridge({ sender: { from_email: "jörg@bücher.example" } });
    const { envelope } = await own.deliver({ from: "jörg@bücher.example", to: "anna@jõgeva.example" });
    expect(envelope.from).toBe("jörg@xn--bcher-kva.example");
    expect(envelope.to).toEqual(["anna@xn--jgeva-dua.example"]);
  });

  test("of Reply-To are the stored one where there is none", async () => {
    await using own = await openBridge({ sender: { reply_to: "stored@example.org" } });
    expect((await own.deliver({})).parsed.replyTo).toMatchObject([{ address: "stored@example.org" }]);
    const { parsed } = await own.deliver({ replyTo: "own@example.org" });
    expect(parsed.replyTo).toMatchObject([{ address: "own@example.org" }]);
  });

  test("may stand in `headers`", async () => {
    const { parsed } = await bridge.deliver({ headers: { "reply-to": "Help <help@example.org>" } });
    expect(parsed.replyTo).toEqual([{ address: "help@example.org", name: "Help" }]);
  });

  test("of an envelope: the return path, and the same recipients in any order", async () => {
    const mail = { to: "anna@example.com", cc: "carl@example.com" };
    const { envelope, parsed } = await bridge.deliver({
      ...mail,
      envelope: { from: "Bounces <bounces+7@example.org>", to: ["carl@example.com", "anna@example.com"] },
    });
    expect(envelope).toMatchObject({
      from: "bounces+7@example.org",
      to: ["anna@example.com", "carl@example.com"],
    });
    expect(parsed.from[0]?.address).toBe("shop@example.org");
  });
});

describe("headers", () => {
  test("in all forms, with values of all forms", async () => {
    for (const headers of [
      { "x-first": "one", "X-Second": { prepared: true, value: "=?UTF-8?Q?J=C3=B6rg?=" }, "x-third": 3 },
      [
        { key: "X-First", value: "one" },
        { key: "x-second", value: "Jörg" },
        { key: "X-Third", value: "3" },
        { key: "X-Empty", value: "" },
      ],
    ]) {
      const message = await bridge.deliver({ headers });
      expect(header(message, "x-first")).toEqual(["one"]);
      expect(header(message, "x-second")?.[0]).toMatch(/^=\?UTF-8\?Q\?J=C3=B6rg\?=$/i);
      expect(header(message, "x-third")).toEqual(["3"]);
      expect(header(message, "x-empty")).toBeUndefined();
    }
  });

  test("of the other fields: priority, X-Mailer, threads, lists, one-time codes", async () => {
    const message = await bridge.deliver({
      priority: "high",
      xMailer: "Acme 1.0",
      inReplyTo: "first@example.com",
      references: ["<zeroth@example.com>", "first@example.com"],
      list: { help: "help@example.org", id: { url: "news.example.org", comment: "News" } },
    });
    expect(Object.fromEntries(message.parsed.headers)).toMatchObject({
      "x-priority": ["1 (Highest)"],
      "x-msmail-priority": ["High"],
      importance: ["High"],
      "x-mailer": ["Acme 1.0"],
      "in-reply-to": ["<first@example.com>"],
      references: ["<zeroth@example.com> <first@example.com>"],
      "list-help": ["<mailto:help@example.org>"],
      "list-id": ['"News" <news.example.org>'],
    });
    const folded = await bridge.deliver({ references: "<zeroth@example.com>\r\n <first@example.com>" });
    expect(header(folded, "references")).toEqual(["<zeroth@example.com> <first@example.com>"]);
    const other = await bridge.deliver({ otp: { code: "123456", origin: "https://example.org/login" } });
    expect(header(other, "otp-token")).toEqual(['"123456"; origin="https://example.org"']);
  });

  test.each<[string, SendMailOptions]>([
    ["list", { list: { unsubscribe: "https://example.org/u?id=7" } }],
    ["headers", { headers: { "List-Unsubscribe": "<https://example.org/u?id=7>" } }],
  ])("of unsubscribing, from `%s`, with one click", async (_name, mail) => {
    const post = { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
    const message = await bridge.deliver({ ...mail, headers: { ...mail.headers, ...post } });
    expect(header(message, "list-unsubscribe")).toEqual(["<https://example.org/u?id=7>"]);
    expect(header(message, "list-unsubscribe-post")).toEqual(["List-Unsubscribe=One-Click"]);
    const without = await bridge.deliver(mail);
    expect(header(without, "list-unsubscribe-post")).toBeUndefined();
  });

  test("a Message-ID of one's own, with or without brackets, in its field or in `headers`", async () => {
    for (const mail of [
      { messageId: "<7@example.net>" },
      { messageId: "7@example.net" },
      { headers: { "Message-ID": "<7@example.net>" } },
      { headers: [{ key: "message-id", value: "<7@example.net>" }] },
    ]) {
      const info = await bridge.transporter.sendMail({ ...hello, ...mail });
      expect(info.messageId).toBe("<7@example.net>");
      expect(info.receipt.messageId).toBe("7@example.net");
      expect(bridge.relay.messages.at(-1)?.parsed.messageId).toBe("7@example.net");
    }
  });

  test("a Message-ID that nodemailer made: kept, as plugins may have seen it, if it knew the sender", async () => {
    const seen: string[] = [];
    await using own = await openBridge();
    own.transporter.use("stream", (mail, done) => {
      seen.push(mail.message.messageId());
      done();
    });
    const known = await own.transporter.sendMail({ ...hello, from: "shop@example.org" });
    expect(known.messageId).toBe(seen[0]);
    expect(known.messageId).toMatch(/@example\.org>$/);
    // Without a From it takes the domain of Reply-To.
    const unknown = await own.transporter.sendMail({ ...hello, replyTo: "help@elsewhere.example" });
    expect(unknown.messageId).toMatch(/^<[0-9A-Z]{26}@example\.org>$/);
  });
});

describe("bodies", () => {
  test.each<[string, () => SendMailOptions, string]>([
    ["text", () => ({ html: "<p>Grüße</p>" }), "<p>Grüße</p>"],
    ["a Buffer", () => ({ html: Buffer.from("<p>Grüße</p>") }), "<p>Grüße</p>"],
    ["a stream", () => ({ html: Readable.from(["<p>Grü", "ße</p>"]) }), "<p>Grüße</p>"],
    ["{ content }", () => ({ html: { content: "<p>Grüße</p>" } }), "<p>Grüße</p>"],
    [
      "{ content, encoding }",
      () => ({ html: { content: Buffer.from("<p>Grüße</p>").toString("base64"), encoding: "base64" } }),
      "<p>Grüße</p>",
    ],
    ["{ path } of a URL", () => ({ html: { path: web } }), "<p>from the web</p>"],
    ["{ href } with headers", () => ({ html: { href: web, httpHeaders: { "x-key": "1" } } }), "with key"],
    ["a data URI", () => ({ html: { path: "data:text/html;base64,PGI+eDwvYj4=" } }), "<b>x</b>"],
  ])("of %s", async (_name, mail, html) => {
    const { parsed } = await bridge.deliver(mail());
    expect(parsed.html?.trimEnd()).toBe(html);
    expect(parsed.text?.trimEnd()).toBe("Hi Anna");
  });

  test("of a file", async () => {
    const path = join(folder, "mail.txt");
    writeFileSync(path, "From a file");
    expect((await bridge.deliver({ text: { path } })).parsed.text?.trimEnd()).toBe("From a file");
  });

  test("of html alone; and a subject that is absent", async () => {
    const { parsed } = await bridge.deliver({ text: undefined, html: "<p>x</p>", subject: undefined });
    expect(parsed).toMatchObject({ subject: undefined, text: undefined });
    expect(parsed.html?.trimEnd()).toBe("<p>x</p>");
  });
});

describe("attachments", () => {
  test.each<[string, () => NonNullable<SendMailOptions["attachments"]>[number], string, string]>([
    ["a Buffer", () => ({ filename: "a.bin", content: octets }), "a.bin", "application/octet-stream"],
    [
      "base64",
      () => ({ filename: "a.png", content: octets.toString("base64"), encoding: "base64" }),
      "a.png",
      "image/png",
    ],
    [
      "a stream",
      () => ({ content: Readable.from([octets.subarray(0, 100), octets.subarray(100)]) }),
      "attachment-1.bin",
      "application/octet-stream",
    ],
    ["a file", () => ({ path: file }), "report.pdf", "application/pdf"],
    [
      "a file with name and type",
      () => ({ path: file, filename: "Straße.dat", contentType: "application/x-dat" }),
      "Straße.dat",
      "application/x-dat",
    ],
    [
      "a data URI",
      () => ({ path: `data:image/gif;base64,${octets.toString("base64")}` }),
      "attachment-1.gif",
      "image/gif",
    ],
  ])("of %s", async (_name, attachment, filename, contentType) => {
    const { parsed } = await bridge.deliver({ attachments: [attachment()] });
    expect(parsed.attachments).toHaveLength(1);
    const [arrived] = parsed.attachments;
    expect(arrived).toMatchObject({ filename, contentType, disposition: "attachment" });
    expect(Buffer.from(arrived?.content ?? []).equals(octets)).toBe(true);
  });

  test("of text, of a URL, an empty one, and several", async () => {
    const { parsed } = await bridge.deliver({
      attachments: [
        { filename: "a.txt", content: "Grüße" },
        { filename: "b.html", path: `${web}/page` },
        { filename: "c.csv", content: "" },
      ],
    });
    const contents = parsed.attachments.map(({ content }) => Buffer.from(content).toString());
    expect(contents).toEqual(["Grüße", "<p>from the web</p>", ""]);
    expect(parsed.attachments.map(({ contentType }) => contentType)).toEqual([
      "text/plain",
      "text/html",
      "text/csv",
    ]);
  });

  test("with a cid are shown in the html", async () => {
    const { parsed } = await bridge.deliver({
      html: '<img src="cid:logo@example.org">',
      attachments: [
        { filename: "logo.png", content: octets, cid: "<logo@example.org>", contentDisposition: "inline" },
        { filename: "a.bin", content: octets, contentTransferEncoding: "base64" },
      ],
    });
    const byName = Object.fromEntries(parsed.attachments.map((it) => [it.filename, it]));
    expect(byName["logo.png"]).toMatchObject({ contentId: "logo@example.org", disposition: "inline" });
    expect(byName["a.bin"]).toMatchObject({ contentId: undefined, disposition: "attachment" });
  });

  test("of images in the html, with attachDataUrls", async () => {
    const html = `<p>x</p><img alt="" src="data:image/png;base64,${octets.toString("base64")}">`;
    const { parsed } = await bridge.deliver({ html, attachDataUrls: true });
    const [image] = parsed.attachments;
    expect(image).toMatchObject({ contentType: "image/png", disposition: "inline" });
    expect(Buffer.from(image?.content ?? []).equals(octets)).toBe(true);
    expect(image?.contentId).toMatch(/@localhost$/);
  });

  test("and the rest of what the caller gave are not written to", async () => {
    const mail = {
      to: "anna@example.com",
      subject: "x",
      text: "x",
      attachments: [{ path: file }, { filename: "a.txt", content: "abc" }],
    };
    const before = structuredClone(mail);
    await bridge.transporter.sendMail(mail);
    await bridge.transporter.sendMail(mail);
    expect(mail).toEqual(before);
  });
});

test("defaults of the transporter apply", async () => {
  await using own = await openBridge({
    defaults: { from: "Shop <shop@example.org>", replyTo: "help@example.org", headers: { "X-App": "acme" } },
  });
  const message = await own.deliver({ headers: { "X-Mail": "7" } });
  expect(message.parsed.replyTo).toEqual([{ address: "help@example.org", name: "" }]);
  expect(header(message, "x-app")).toEqual(["acme"]);
  expect(header(message, "x-mail")).toEqual(["7"]);
});

describe("the same code, with nodemailer's own transport and through the bridge, delivers the same", () => {
  test.each<[string, () => SendMailOptions]>([
    ["text", () => ({ text: "Hi.\n.\n..two dots\nlong ".padEnd(3000, "x") })],
    [
      "text and html",
      () => ({ to: '"Ä" <a@example.com>, b@example.com', text: "Grüße 🎉", html: "<p>Grüße 🎉</p>" }),
    ],
    [
      "everything",
      () => ({
        cc: ["c@example.com", { name: 'D "d" d', address: "d@example.com" }],
        bcc: "e@example.com",
        replyTo: "help@example.org",
        subject: `Grüße ${"und noch mehr ".repeat(20)}`,
        text: Readable.from(["Hi"]),
        html: '<p>Hi</p><img src="cid:l@x.example">',
        inReplyTo: "<a@b.example>",
        references: "<a@b.example> <c@d.example>",
        priority: "low",
        headers: { "X-A": "Jörg" },
        list: { help: "https://example.org/help" },
        messageId: "<9@example.org>",
        attachments: [
          { path: file },
          { filename: "Jörg.txt", content: "Grüße" },
          { filename: "l.png", content: octets, cid: "l@x.example" },
          { filename: "mail.eml", contentType: "message/rfc822", content: "Subject: x\r\n\r\nHi\r\n" },
        ],
      }),
    ],
  ])("%s", async (_name, mail) => {
    await using relay = await startSandboxRelay({ tls: "none" });
    await using own = await openBridge();
    const [theirs, ours] = [
      nodemailer.createTransport({
        host: relay.host,
        port: relay.port,
        ignoreTLS: true,
        auth: { user: "sandbox", pass: "sandbox-password" },
      }),
      own.transporter,
    ];
    const from = '"Shop" <shop@example.org>';
    const infos = [
      await theirs.sendMail({ ...hello, from, ...mail() }),
      await ours.sendMail({ ...hello, from, ...mail() }),
    ];
    theirs.close();
    const [[expected], [arrived]] = [relay.messages, own.relay.messages];
    if (!expected || !arrived) throw new Error("a message is missing");
    expect(arrived.envelope.from).toEqual(expected.envelope.from);
    expect(arrived.envelope.to).toEqual(expected.envelope.to);
    expect(toComparable(arrived)).toEqual(toComparable(expected));
    const [theirInfo, ourInfo] = infos;
    expect(ourInfo).toMatchObject({
      envelope: theirInfo?.envelope,
      accepted: theirInfo?.accepted,
      rejected: theirInfo?.rejected,
    });
    if (mail().messageId) expect(ourInfo?.messageId).toBe(theirInfo?.messageId);
  });
});

/** All that a reader of the message gets: of the header what says something, and every part octet by octet. */
function toComparable({ parsed }: CapturedMessage) {
  const { from, to, cc, bcc, replyTo, subject, text, html, headers, attachments } = parsed;
  const written = /^(?:date|message-id|content-.*|mime-version|from|to|cc|reply-to|subject)$/;
  return {
    addresses: { from, to, cc, bcc, replyTo },
    subject,
    text: text?.trimEnd(),
    html: html?.trimEnd(),
    headers: [...headers].filter(([name]) => !written.test(name)).sort(),
    attachments: attachments
      .map(({ filename, contentType, contentId, disposition, content }) => ({
        filename,
        contentType,
        contentId,
        disposition,
        content: Buffer.from(content).toString("base64"),
      }))
      .sort((a, b) => String(a.filename).localeCompare(String(b.filename))),
  };
}
