import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { type EmailError, isEmailError } from "@getfluxly/email-core";
import type { SendMailOptions } from "nodemailer";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bridge, hello, openBridge } from "./__fixtures__/open-bridge.js";

let bridge: Bridge;
beforeAll(async () => {
  bridge = await openBridge();
});
afterAll(() => bridge[Symbol.asyncDispose]());

const folder = mkdtempSync(join(tmpdir(), "nodemailer-bridge-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "secret.txt");
writeFileSync(file, "secret");

async function refusalOf(mail: SendMailOptions, { transporter }: Bridge = bridge): Promise<EmailError> {
  const error = await transporter.sendMail({ ...hello, ...mail }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isEmailError(error)) throw new Error(`no EmailError but ${error}`);
  expect(error).toMatchObject({ certainty: "not_sent", retryable: false });
  return error;
}

afterAll(() => {
  // Nobody was even called.
  expect(bridge.relay.connections).toEqual([]);
});

describe("another sender is refused", () => {
  test.each<[string, SendMailOptions, string]>([
    ["an address", { from: "ceo@example.org" }, "not as ceo@example.org"],
    ["a local part in other case", { from: "Shop@example.org" }, "not as Shop@example.org"],
    ["a name", { from: "The Boss <shop@example.org>" }, 'not as "The Boss" <shop@example.org>'],
    ["a second one", { from: "shop@example.org, ceo@example.org" }, "not as ceo@example.org"],
    ["in `headers`", { headers: { From: "ceo@example.org" } }, "not as ceo@example.org"],
  ])("by %s", async (_name, mail, words) => {
    const error = await refusalOf(mail);
    expect(error).toMatchObject({ code: "message-invalid", actor: "message", stage: "message" });
    expect(error.issues).toEqual([{ path: "from", message: expect.stringContaining(words) }]);
    expect(error.message).toContain('This provider sends as "Shop" <shop@example.org>');
  });

  test("by `sender`", async () => {
    const error = await refusalOf({ from: "shop@example.org", sender: "ceo@example.org" });
    expect(error.issues).toMatchObject([{ path: "sender" }]);
  });

  test("and what is no address at all", async () => {
    expect((await refusalOf({ from: "Bob" })).issues).toMatchObject([{ path: "from[0]" }]);
    expect((await refusalOf({ from: "Shop: shop@example.org;" })).issues).toMatchObject([
      { path: "from[0]" },
    ]);
  });
});

describe("what an EmailMessage has no place for is refused by its path", () => {
  const at = (path: string) => [[path, "capability-unsupported"]];
  test.each<[string, SendMailOptions, (readonly string[])[]]>([
    ["raw", { raw: "Subject: x\r\n\r\nx" }, at("raw")],
    ["alternatives", { alternatives: [{ contentType: "text/x", content: "x" }] }, at("alternatives")],
    ["amp", { amp: "<html amp4email>" }, at("amp")],
    ["watchHtml", { watchHtml: "<b>x</b>" }, at("watchHtml")],
    ["icalEvent", { icalEvent: { method: "REQUEST", content: "BEGIN:VCALENDAR" } }, at("icalEvent")],
    ["date", { date: new Date() }, at("date")],
    ["encoding", { encoding: "base64" }, at("encoding")],
    ["textEncoding", { textEncoding: "B" }, at("textEncoding")],
    ["baseBoundary", { baseBoundary: "x" }, at("baseBoundary")],
    ["boundaryPrefix", { boundaryPrefix: "x" }, at("boundaryPrefix")],
    ["newline", { newline: "win" }, at("newline")],
    ["normalizeHeaderKey", { normalizeHeaderKey: (key: string) => key }, at("normalizeHeaderKey")],
    ["dkim", { dkim: { domainName: "example.org", keySelector: "k", privateKey: "x" } }, at("dkim")],
    ["dsn", { dsn: { notify: "success" } }, at("dsn")],
    ["REQUIRETLS", { requireTLSExtensionEnabled: true }, at("requireTLSExtensionEnabled")],
    ["auth", { auth: { user: "x", pass: "y" } }, at("auth")],
    ["ses", { ses: { ConfigurationSetName: "x" } }, at("ses")],
    ["a group", { to: "Team: a@example.com, b@example.com;" }, at("to[0]")],
    [
      "other recipients in the envelope",
      { envelope: { from: "shop@example.org", to: "other@example.com" } },
      at("envelope.to"),
    ],
    [
      "fewer",
      { cc: "b@example.com", envelope: { from: "shop@example.org", to: "anna@example.com" } },
      at("envelope.to"),
    ],
    ["the null reverse-path", { envelope: { from: false, to: "anna@example.com" } }, at("envelope.from")],
    ["an envelope without from", { envelope: { to: "anna@example.com" } }, at("envelope.from")],
    [
      "parameters of the envelope",
      { envelope: { from: "shop@example.org", to: "anna@example.com", use8BitMime: true } },
      at("envelope.use8BitMime"),
    ],
    ["two values of a header", { headers: { "X-A": ["1", "2"] } }, at('headers["X-A"]')],
    [
      "two To fields",
      { to: undefined, headers: { To: ["a@example.com", "b@example.com"] } },
      at("headers.To"),
    ],
    ["headers of a part", { text: { content: "x", headers: { "X-A": "1" } } }, at("text.headers")],
    ["a part of one's own", { html: { raw: "Content-Type: text/html\r\n\r\nx" } }, at("html.raw")],
    [
      "several URLs to unsubscribe",
      { list: { unsubscribe: [["https://example.org/u", "mailto:u@example.org"]] } },
      at('headers["List-Unsubscribe"]'),
    ],
    [
      "a URL with a comment",
      { list: { unsubscribe: { url: "https://example.org/u", comment: "bye" } } },
      at('headers["List-Unsubscribe"]'),
    ],
  ])("%s", async (_name, mail, expected) => {
    const error = await refusalOf(mail);
    expect(error.code).toBe(expected[0]?.[1]);
    expect(error.issues?.map(({ path }) => path)).toEqual(expected.map(([path]) => path));
  });

  const attachment = { filename: "a.txt", content: "x" };
  test.each<[string, NonNullable<SendMailOptions["attachments"]>[number]]>([
    ["filename", { ...attachment, filename: false }],
    ["raw", { raw: "Content-Type: text/plain\r\n\r\nx" }],
    ["headers", { ...attachment, headers: { "X-A": "1" } }],
    ["contentDisposition", { ...attachment, contentDisposition: "inline" }],
    ["contentTransferEncoding", { ...attachment, contentTransferEncoding: "quoted-printable" }],
    ["contentTransferEncoding", { ...attachment, contentTransferEncoding: false }],
    [
      "contentTransferEncoding",
      { ...attachment, contentType: "message/rfc822", contentTransferEncoding: "base64" },
    ],
  ])("attachments[1].%s", async (name, given) => {
    const error = await refusalOf({ attachments: [attachment, given] });
    expect(error.code).toBe("capability-unsupported");
    expect(error.issues).toMatchObject([{ path: `attachments[1].${name}` }]);
  });

  test("but an empty value is an absent one, as with nodemailer", async () => {
    await using own = await openBridge();
    const { parsed } = await own.deliver({
      raw: "",
      alternatives: [],
      amp: "",
      xMailer: false,
      icalEvent: "",
      headers: { "X-Empty": "" },
      cc: [],
      bcc: "",
      attachments: [],
    });
    expect(parsed.text?.trimEnd()).toBe("Hi Anna");
  });
});

describe("what is wrong with the message is refused by its path", () => {
  test.each<[string, SendMailOptions, string]>([
    ["no recipient", { to: undefined }, "to"],
    ["no recipient but in bcc", { to: [], bcc: "b@example.com" }, "to"],
    ["a name without address", { to: "anna@example.com, Bob" }, "to[1]"],
    ["a quoted local part", { to: '"a b"@example.com' }, "to[0].address"],
    ["an address literal", { cc: "a@[127.0.0.1]" }, "cc[0].address"],
    ["neither text nor html", { text: undefined }, "text"],
    ["an attachment alone", { text: undefined, attachments: [{ filename: "a", content: "x" }] }, "text"],
    ["a line break in the subject", { subject: "x\r\nBcc: y@example.com" }, "subject"],
    ["a line break in a header", { headers: { "X-A": "a\nb" } }, 'headers["X-A"]'],
    ["an object as a header", { headers: { "X-A": new Date() } }, 'headers["X-A"]'],
    ["a reserved header", { headers: { "Content-Language": "de" } }, 'headers["Content-Language"]'],
    ["a reserved header: Date", { headers: { Date: "x" } }, "headers.Date"],
    ["unsubscribing in clear", { list: { unsubscribe: "http://example.org/u" } }, "listUnsubscribe.url"],
    [
      "another kind of unsubscribing",
      { headers: { "List-Unsubscribe": "<https://x.example/>", "List-Unsubscribe-Post": "yes" } },
      'headers["List-Unsubscribe-Post"]',
    ],
    [
      "one click without URL",
      { headers: { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } },
      'headers["List-Unsubscribe-Post"]',
    ],
    ["a malformed Message-ID", { messageId: "<no domain>" }, "messageId"],
    [
      "a media type with parameters",
      { attachments: [{ filename: "a.txt", content: "x", contentType: "text/plain; charset=utf-8" }] },
      "attachments[0].contentType",
    ],
    [
      "a name with a folder",
      { attachments: [{ filename: "a/b.txt", content: "x" }] },
      "attachments[0].filename",
    ],
    ["octets that are no UTF-8", { html: Buffer.from([0x47, 0x72, 0xfc]) }, "html"],
  ])("%s", async (_name, mail, path) => {
    const error = await refusalOf(mail);
    expect(error.code).toBe("message-invalid");
    expect(error.issues?.map((issue) => issue.path)).toEqual([path]);
  });

  test("a second Content-Type", async () => {
    const error = await refusalOf({ headers: { "Content-Type": "text/html" } });
    expect(error.issues).toMatchObject([{ path: 'headers["Content-Type"]' }]);
  });

  test("all at once, with one code for all", async () => {
    const error = await refusalOf({
      from: "ceo@example.org",
      dsn: { notify: "success" },
      date: "x",
      to: "Bob",
    });
    expect(error.code).toBe("message-invalid");
    expect(error.issues?.map(({ path }) => path).sort()).toEqual(["date", "dsn", "from", "to[0]"].sort());
    expect(error.message).toMatch(/\.\.\.$/);
  });
});

describe("content that cannot be had", () => {
  test.each<[string, () => SendMailOptions, string, object]>([
    ["a file that is not there", () => ({ text: { path: `${file}.gone` } }), "text", { code: "ENOENT" }],
    [
      "a stream that fails",
      () => ({
        attachments: [{ content: Readable.from(["x"]).pipe(new PassThrough().destroy(new Error("broken"))) }],
      }),
      "attachments[0]",
      { message: "broken" },
    ],
    [
      "a file, where files are forbidden",
      () => ({ attachments: [{ filename: "a", content: "x" }, { path: file }], disableFileAccess: true }),
      "attachments[1]",
      { code: "EFILEACCESS" },
    ],
    [
      "a file, where files are forbidden, as content",
      () => ({ html: { content: { path: file } }, disableFileAccess: true }),
      "html",
      { code: "EFILEACCESS" },
    ],
    [
      "a URL, where URLs are forbidden",
      () => ({ html: { path: "http://127.0.0.1:9/" }, disableUrlAccess: true }),
      "html",
      { code: "EURLACCESS" },
    ],
    [
      "a host that does not answer",
      () => ({ html: { href: "http://127.0.0.1:9/" } }),
      "html",
      { code: "EFETCH" },
    ],
  ])("%s", async (_name, mail, path, cause) => {
    const error = await refusalOf(mail());
    expect(error).toMatchObject({ code: "message-invalid", stage: "message", cause });
    expect(error.issues).toMatchObject([{ path }]);
  });

  test("a transporter's ban on files cannot be lifted by a message", async () => {
    await using own = await openBridge({ defaults: { disableFileAccess: true } });
    const error = await refusalOf({ text: { path: file }, disableFileAccess: false }, own);
    expect(error.cause).toMatchObject({ code: "EFILEACCESS" });
    expect(own.relay.connections).toEqual([]);
  });

  test("nothing is read of a message that is refused anyway, and its streams are released", async () => {
    let reads = 0;
    const stream = new Readable({ read: () => void reads++ });
    await refusalOf({ html: stream, dsn: { notify: "success" } });
    expect(reads).toBe(0);
    expect(stream.destroyed).toBe(true);
  });
});

describe("plugins that change the compiled message", () => {
  test.each<[string, Parameters<Bridge["transporter"]["use"]>[1]]>([
    ["by a transform, as encryption does", (mail) => mail.message.transform(() => new PassThrough())],
    ["by a function, as signing does", (mail) => mail.message.processFunc((input) => input)],
    ["by other content", (mail) => mail.message.setContent("other")],
    ["by a part more", (mail) => mail.message.createChild("text/plain").setContent("footer")],
    ["by another message", (mail) => mail.message.setRaw("Subject: x\r\n\r\nx")],
  ])("are refused: %s", async (_name, change) => {
    await using own = await openBridge();
    own.transporter.use("stream", (mail, done) => {
      change(mail, done);
      done();
    });
    const error = await refusalOf({}, own);
    expect(error.code).toBe("capability-unsupported");
    expect(error.message).toContain("`stream`");
    expect(own.relay.connections).toEqual([]);
  });

  test("or another envelope", async () => {
    await using own = await openBridge();
    own.transporter.use("stream", (mail, done) => {
      mail.message.setEnvelope({ from: "shop@example.org", to: ["anna@example.com", "spy@example.com"] });
      done();
    });
    expect((await refusalOf({}, own)).issues).toMatchObject([{ path: "envelope.to" }]);
  });
});

test("a nodemailer that compiles in another way is refused rather than misread", async () => {
  await using own = await openBridge();
  own.transporter.use("stream", (mail, done) => {
    Object.defineProperty(mail.message, "_headers", { value: undefined });
    done();
  });
  const error = await own.transporter.sendMail(hello).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: "capability-unsupported", remedy: expect.stringContaining("10.2") });
});
