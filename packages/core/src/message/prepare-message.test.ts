import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EmailMessage, ProviderCapabilities } from "../contract/index.js";
import { EmailError } from "../errors/index.js";
import { freezeDeeply } from "./freeze-deeply.js";
import { messageLimits, type PrepareMessageOptions, prepareMessage } from "./index.js";

const now = () => new Date("2026-11-23T10:00:00.000Z");
const capabilities: ProviderCapabilities = { batch: false, tags: {}, metadata: {}, idempotencyKey: false };
const options: PrepareMessageOptions = {
  sender: { from_email: "hello@example.com", from_name: "Example", reply_to: "help@example.com" },
  providerId: "acme",
  capabilities,
  now,
};
const minimal: EmailMessage = { to: [{ address: "a@example.org" }], subject: "Hello", text: "Hi" };

function errorOf(message: unknown, given: Partial<PrepareMessageOptions> = {}): EmailError {
  try {
    prepareMessage(message as EmailMessage, { ...options, ...given });
  } catch (error) {
    if (error instanceof EmailError) return error;
    throw error;
  }
  throw new Error("It was taken.");
}
const pathsOf = (message: unknown, given?: Partial<PrepareMessageOptions>) =>
  errorOf(message, given).issues?.map(({ path }) => path);

describe("a message that is taken", () => {
  test("comes back canonical: sender, envelope and ids filled in", () => {
    const prepared = prepareMessage(
      {
        to: [{ address: "a@Example.org", name: "Ann" }, { address: "b@münchen.de" }],
        cc: [{ address: "a@example.ORG" }, { address: "A@example.org" }],
        bcc: [{ address: "c@example.org" }, { address: "b@xn--mnchen-3ya.de" }],
        subject: "Grüße",
        html: "<p>Hi</p>",
      },
      options,
    );
    expect(prepared).toEqual({
      from: { address: "hello@example.com", name: "Example" },
      to: [{ address: "a@Example.org", name: "Ann" }, { address: "b@xn--mnchen-3ya.de" }],
      cc: [{ address: "a@example.ORG" }, { address: "A@example.org" }],
      bcc: [{ address: "c@example.org" }, { address: "b@xn--mnchen-3ya.de" }],
      replyTo: [{ address: "help@example.com" }],
      subject: "Grüße",
      html: "<p>Hi</p>",
      messageId: `${prepared.correlationId}@example.com`,
      correlationId: expect.stringMatching(/^01M83XJ880[0-9A-HJKMNP-TV-Z]{16}$/),
      envelope: {
        from: "hello@example.com",
        to: ["a@Example.org", "b@xn--mnchen-3ya.de", "A@example.org", "c@example.org"],
      },
    });
  });

  test("keeps every field that it names, and no other", () => {
    const message = {
      ...minimal,
      cc: [],
      bcc: [],
      text: "a\r\nb\rc\nd\t\u2028",
      html: "<p>\u0085</p>",
      replyTo: [{ address: "reply@example.org", name: "Reply" }],
      attachments: [
        { filename: "Rechnung Nr. 5.pdf", contentType: "application/pdf", content: new Uint8Array([1, 2]) },
        { filename: "a", contentType: "image/svg+xml", content: Buffer.from("x"), contentId: "logo@1" },
      ],
      headers: { "X-Entity-Ref-ID": "1", "In-Reply-To": "<a@b>", x_y: "ü" },
      listUnsubscribe: { url: "https://example.com/u?id=1%2C2", oneClick: true },
      returnPath: "bounce+1=a@bounces.example.com",
      messageId: "order-7.1@mail.example.com",
      tags: ["welcome mail"],
      metadata: { user_id: "7", "plan-b": "" },
      providerOptions: { acme: { stream: "x", deep: [{ a: null }] }, other: { key: 1 } },
    } satisfies Required<EmailMessage>;
    const prepared = prepareMessage(message, options);
    const { providerOptions, ...rest } = message;
    expect(prepared).toEqual({
      ...rest,
      providerOptions: { acme: providerOptions.acme },
      from: { address: "hello@example.com", name: "Example" },
      correlationId: prepared.correlationId,
      envelope: { from: "bounce+1=a@bounces.example.com", to: ["a@example.org"] },
    });
    expect(prepared.messageId).not.toContain(prepared.correlationId);
    expect(prepared.attachments?.[0]?.content).toBe(message.attachments[0]?.content);
  });

  test("does without a sender's name and reply address", () => {
    const prepared = prepareMessage(minimal, { ...options, sender: { from_email: "hello@example.com" } });
    expect(prepared.from).toEqual({ address: "hello@example.com" });
    expect(prepared.replyTo).toEqual([]);
  });

  test("has a Message-ID whose domain is the sender's, in ASCII", () => {
    const prepared = prepareMessage(minimal, { ...options, sender: { from_email: "info@münchen.de" } });
    expect(prepared.messageId).toMatch(/^[0-9A-Z]{26}@xn--mnchen-3ya\.de$/);
    expect(prepared.envelope.from).toBe("info@xn--mnchen-3ya.de");
  });

  test("has another id each time, unless the given Message-ID holds one", () => {
    const ids = new Set(Array.from({ length: 1000 }, () => prepareMessage(minimal, options).correlationId));
    expect(ids.size).toBe(1000);
    const messageId = "01ARZ3NDEKTSV4RRFFQ69G5FAV@example.net";
    const prepared = prepareMessage({ ...minimal, messageId }, options);
    expect(prepared).toMatchObject({ messageId, correlationId: "01ARZ3NDEKTSV4RRFFQ69G5FAV" });
    const almost = prepareMessage({ ...minimal, messageId: messageId.toLowerCase() }, options);
    expect(almost.correlationId).not.toBe("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  });

  test("is frozen to the ground, whatever it came as; the original is not written to", () => {
    const content = new Uint8Array([1]);
    const message: EmailMessage = {
      ...minimal,
      attachments: [{ filename: "a", contentType: "a/b", content }],
      headers: { "X-A": "1" },
      providerOptions: { acme: { list: [{}] } },
    };
    const before = structuredClone(message);
    const prepared = prepareMessage(message, options);
    expect(message).toEqual(before);
    expect(Object.isFrozen(message) || Object.isFrozen(message.headers)).toBe(false);
    expect(Object.isFrozen(message.providerOptions?.acme)).toBe(false);
    const check = (value: unknown) => {
      if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return;
      expect(Object.isFrozen(value)).toBe(true);
      for (const member of Object.values(value)) check(member);
    };
    check(prepared);
    const frozen = freezeDeeply(structuredClone(before));
    expect(prepareMessage(frozen, freezeDeeply({ ...options }))).toMatchObject({ subject: "Hello" });
  });

  test("may hold bytes of another realm", () => {
    const content: Uint8Array = runInNewContext("new Uint8Array([1])");
    expect(content instanceof Uint8Array).toBe(false);
    const attachments = [{ filename: "a", contentType: "a/b", content }];
    expect(prepareMessage({ ...minimal, attachments }, options).attachments?.[0]?.content).toBe(content);
  });

  test("reads each property once, so that what was checked is what is used", () => {
    let reads = 0;
    const mailbox = {
      get address() {
        reads++;
        return reads === 1 ? "a@example.org" : "evil@example.org\r\n";
      },
    };
    const prepared = prepareMessage({ ...minimal, to: [mailbox] }, options);
    expect(prepared.envelope.to).toEqual(["a@example.org"]);
    expect(reads).toBe(1);
  });

  test("takes nothing from a prototype", () => {
    const attachment = Object.assign(Object.create({ path: "/etc/passwd", contentId: "x" }), {
      filename: "a",
      contentType: "a/b",
      content: new Uint8Array(),
    });
    const prepared = prepareMessage({ ...minimal, attachments: [attachment] }, options);
    expect(Object.keys(prepared.attachments?.[0] ?? {})).toEqual(["filename", "contentType", "content"]);
  });
});

const separators = [..."\0\x01\t\n\v\f\r\x1b\x7f\x80\x85\x9b\u2028\u2029", "\ud800", "\udc00", "\r\n"];

describe("nothing that ends a line gets in", () => {
  const places: Record<string, (text: string) => Partial<Record<keyof EmailMessage, unknown>>> = {
    subject: (text) => ({ subject: text }),
    "to[0].address": (text) => ({ to: [{ address: `${text}@example.org` }] }),
    "to[0].name": (text) => ({ to: [{ address: "a@example.org", name: text }] }),
    "cc[0].name": (text) => ({ cc: [{ address: "a@example.org", name: text }] }),
    "replyTo[0].name": (text) => ({ replyTo: [{ address: "a@example.org", name: text }] }),
    "attachments[0].filename": (text) => ({
      attachments: [{ filename: text, contentType: "a/b", content: new Uint8Array() }],
    }),
    "attachments[0].contentType": (text) => ({
      attachments: [{ filename: "a", contentType: `a/b${text}`, content: new Uint8Array() }],
    }),
    "attachments[0].contentId": (text) => ({
      attachments: [{ filename: "a", contentType: "a/b", content: new Uint8Array(), contentId: text }],
    }),
    'headers["X-A"]': (text) => ({ headers: { "X-A": text } }),
    "listUnsubscribe.url": (text) => ({ listUnsubscribe: { url: `https://example.com/${text}` } }),
    returnPath: (text) => ({ returnPath: `a${text}@example.org` }),
    messageId: (text) => ({ messageId: `a${text}@example.org` }),
    "tags[0]": (text) => ({ tags: [text] }),
    "metadata.a": (text) => ({ metadata: { a: text } }),
  };
  test.each(Object.entries(places))("%s", (path, place) => {
    for (const separator of separators) {
      const message = { ...minimal, ...place(`be${separator}fore`) };
      expect(pathsOf(message), JSON.stringify(separator)).toEqual([path]);
    }
  });

  test("header names", () => {
    for (const separator of [...separators, " ", ":", "", "ü", "(", "X".repeat(77)]) {
      expect(errorOf({ ...minimal, headers: { [separator]: "1" } }).issues).toHaveLength(1);
    }
  });

  test("sender", () => {
    for (const separator of separators) {
      for (const field of ["from_email", "from_name", "reply_to"]) {
        const sender = { ...options.sender, [field]: `a${separator}@example.com` };
        expect(errorOf(minimal, { sender })).toMatchObject({
          code: "sender-invalid",
          stage: "config",
          actor: "configuration",
          issues: [{ path: `sender.${field}` }],
        });
      }
    }
  });
});

describe("is refused", () => {
  test.each<[string, unknown, string[]]>([
    ["nothing", undefined, ["", "text"]],
    ["null", null, ["", "text"]],
    ["a list", [minimal], ["", "text"]],
    ["a text", "hello", ["", "text"]],
    ["nobody to send to", { ...minimal, to: [] }, ["to"]],
    ["no `to` beside bcc", { ...minimal, to: undefined, bcc: minimal.to }, ["to"]],
    ["an address for a mailbox", { ...minimal, to: ["a@example.org"] }, ["to[0]"]],
    ["a hole among the recipients", { ...minimal, to: [undefined] }, ["to[0]"]],
    ["null for a list", { ...minimal, cc: null }, ["cc"]],
    ["null for a name", { ...minimal, to: [{ address: "a@example.org", name: null }] }, ["to[0].name"]],
    ["no subject", { ...minimal, subject: undefined }, ["subject"]],
    ["a number for a subject", { ...minimal, subject: 1 }, ["subject"]],
    ["no content", { ...minimal, text: "", html: "" }, ["text"]],
    ["NUL in the text", { ...minimal, text: "a\0" }, ["text"]],
    ["a lone surrogate in the html", { ...minimal, html: "\ud800" }, ["html"]],
    ["an unknown field", { ...minimal, form: "x" }, ["form"]],
    ["own __proto__", JSON.parse(`{"__proto__":{"a":1},${JSON.stringify(minimal).slice(1)}`), ["__proto__"]],
    [
      "own __proto__ in a mailbox",
      { ...minimal, to: JSON.parse('[{"address":"a@example.org","__proto__":{}}]') },
      ["to[0].__proto__"],
    ],
    [
      "__proto__ as a header",
      { ...minimal, headers: JSON.parse('{"__proto__":"x"}') },
      ["headers.__proto__"],
    ],
    [
      "__proto__ as metadata",
      { ...minimal, metadata: JSON.parse('{"__proto__":"x"}') },
      ["metadata.__proto__"],
    ],
    [
      "__proto__ as a provider id",
      { ...minimal, providerOptions: JSON.parse('{"__proto__":{}}') },
      ["providerOptions.__proto__"],
    ],
    [
      "an attachment from a path",
      { ...minimal, attachments: [attachmentWith({ path: "/etc/passwd" })] },
      ["attachments[0].path"],
    ],
    [
      "text for bytes",
      { ...minimal, attachments: [attachmentWith({ content: "text" })] },
      ["attachments[0].content"],
    ],
    [
      "a view that is not bytes",
      { ...minimal, attachments: [attachmentWith({ content: new Uint16Array(1) })] },
      ["attachments[0].content"],
    ],
    [
      "a path for a name",
      { ...minimal, attachments: [attachmentWith({ filename: "../a" })] },
      ["attachments[0].filename"],
    ],
    [
      "a Windows path",
      { ...minimal, attachments: [attachmentWith({ filename: "a\\b" })] },
      ["attachments[0].filename"],
    ],
    ["no name", { ...minimal, attachments: [attachmentWith({ filename: "" })] }, ["attachments[0].filename"]],
    [
      "a multipart",
      { ...minimal, attachments: [attachmentWith({ contentType: "Multipart/mixed" })] },
      ["attachments[0].contentType"],
    ],
    [
      "parameters",
      { ...minimal, attachments: [attachmentWith({ contentType: "text/plain; charset=x" })] },
      ["attachments[0].contentType"],
    ],
    [
      "a bracketed id",
      { ...minimal, attachments: [attachmentWith({ contentId: "<a>" })] },
      ["attachments[0].contentId"],
    ],
    ["a number in headers", { ...minimal, headers: { "X-A": 1 } }, ['headers["X-A"]']],
    ["undefined in headers", { ...minimal, headers: { "X-A": undefined } }, ['headers["X-A"]']],
    ["headers as a list", { ...minimal, headers: [["X-A", "1"]] }, ["headers"]],
    ["http", { ...minimal, listUnsubscribe: { url: "http://example.com" } }, ["listUnsubscribe.url"]],
    ["https without a host", { ...minimal, listUnsubscribe: { url: "https:///a" } }, ["listUnsubscribe.url"]],
    ["a comma", { ...minimal, listUnsubscribe: { url: "https://example.com/a,b" } }, ["listUnsubscribe.url"]],
    ["a bracket", { ...minimal, listUnsubscribe: { url: "https://example.com/>" } }, ["listUnsubscribe.url"]],
    ["a blank", { ...minimal, listUnsubscribe: { url: "https://example.com/ a" } }, ["listUnsubscribe.url"]],
    [
      "ü in a URL",
      { ...minimal, listUnsubscribe: { url: "https://example.com/ü" } },
      ["listUnsubscribe.url"],
    ],
    ["no URL", { ...minimal, listUnsubscribe: {} }, ["listUnsubscribe.url"]],
    [
      "one click by mail",
      { ...minimal, listUnsubscribe: { url: "mailto:u@example.com", oneClick: true } },
      ["listUnsubscribe"],
    ],
    ["a bracketed Message-ID", { ...minimal, messageId: "<a@b>" }, ["messageId"]],
    ["a Message-ID with dots amiss", { ...minimal, messageId: "a..b@c" }, ["messageId"]],
    ["a Message-ID without a domain", { ...minimal, messageId: "abc" }, ["messageId"]],
    ["an empty return path", { ...minimal, returnPath: "" }, ["returnPath"]],
    ["our own metadata key", { ...minimal, metadata: { gf_id: "x" } }, ["metadata.gf_id"]],
    ["a blank in a metadata key", { ...minimal, metadata: { "a b": "x" } }, ['metadata["a b"]']],
    [
      "a function among options",
      { ...minimal, providerOptions: { acme: { a: () => 1 } } },
      ["providerOptions.acme"],
    ],
    ["a text for options", { ...minimal, providerOptions: { acme: "a" } }, ["providerOptions.acme"]],
    [
      "everything at once",
      { to: [{ address: "x" }], cc: 1, headers: { From: "a" }, extra: 1 },
      ["extra", "to[0].address", "cc", "subject", "headers.From", "text"],
    ],
  ])("%s", (_name, message, paths) => {
    const error = errorOf(message);
    expect(error).toMatchObject({ code: "message-invalid", stage: "message", actor: "message" });
    expect([...(error.issues ?? [])].map(({ path }) => path)).toEqual(paths);
    for (const issue of error.issues ?? []) expect(issue.message).toMatch(/^[A-Z].*\.$/);
  });

  test.each(
    "From Sender To Cc Bcc Subject Date Message-ID Reply-To Return-Path Received MIME-Version Content-Type Content-Foo DKIM-Signature ARC-Seal Resent-To X-GF-Id Authentication-Results List-Unsubscribe List-Unsubscribe-Post".split(
      " ",
    ),
  )("the header %s, in any case", (name) => {
    for (const spelling of [name, name.toLowerCase(), name.toUpperCase()]) {
      expect(errorOf({ ...minimal, headers: { [spelling]: "x" } }).issues).toHaveLength(1);
    }
    expect(
      prepareMessage({ ...minimal, headers: { [`${name}X`.replace("-", "_")]: "x" } }, options),
    ).toBeDefined();
  });
});

describe("limits", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_unused, index) => ({ address: `a${index}@example.org` }));
  const half = messageLimits.contentBytes / 2;

  test.each<[string, Partial<EmailMessage>, string]>([
    ["recipients in one list", { to: many(messageLimits.recipients + 1) }, "to"],
    ["recipients in all lists", { to: many(600), cc: many(200), bcc: many(201) }, "to"],
    ["subject", { subject: "s".repeat(messageLimits.lineCharacters + 1) }, "subject"],
    ["header value", { headers: { X: "v".repeat(messageLimits.lineCharacters + 1) } }, "headers.X"],
    [
      "headers",
      { headers: Object.fromEntries(many(101).map((_unused, index) => [`X${index}`, ""])) },
      "headers",
    ],
    ["attachments", { attachments: many(101).map(() => attachmentWith({})) }, "attachments"],
    ["unsubscribe URL", { listUnsubscribe: { url: `https://a/${"u".repeat(900)}` } }, "listUnsubscribe.url"],
    [
      "file name",
      { attachments: [attachmentWith({ filename: "f".repeat(201) })] },
      "attachments[0].filename",
    ],
    ["Message-ID", { messageId: `${"m".repeat(200)}@a` }, "messageId"],
    ["tag", { tags: ["t".repeat(129)] }, "tags[0]"],
    ["metadata value", { metadata: { a: "m".repeat(1025) } }, "metadata.a"],
    [
      "content",
      {
        text: "ü".repeat(half / 2 + 1),
        attachments: [attachmentWith({ content: new Uint8Array(half - 1) })],
      },
      "",
    ],
  ])("%s", (_name, fields, path) => {
    expect(errorOf({ ...minimal, ...fields })).toMatchObject({
      code: "message-too-large",
      stage: "message",
      issues: [{ path }],
    });
  });

  test("are reached without being crossed", () => {
    const prepared = prepareMessage(
      {
        to: many(messageLimits.recipients),
        subject: "s".repeat(messageLimits.lineCharacters),
        text: "t".repeat(half),
        attachments: [attachmentWith({ content: new Uint8Array(half) })],
      },
      options,
    );
    expect(prepared.envelope.to).toHaveLength(messageLimits.recipients);
  });
});

test("a sender and a message at fault are one invalid message", () => {
  const sender = { from_email: "x" };
  expect(errorOf({ ...minimal, subject: 1 }, { sender })).toMatchObject({
    code: "message-invalid",
    stage: "message",
    issues: [{ path: "sender.from_email" }, { path: "subject" }],
  });
});

describe("what the connector cannot carry", () => {
  const none = { ...capabilities, tags: false, metadata: false } as const;
  test.each<[string, Partial<EmailMessage>, ProviderCapabilities, string]>([
    ["tags", { tags: ["a"] }, none, "tags"],
    ["metadata", { metadata: { a: "b" } }, none, "metadata"],
    ["too many tags", { tags: ["a", "b"] }, { ...capabilities, tags: { maxCount: 1 } }, "tags"],
    [
      "too much metadata",
      { metadata: { a: "", b: "" } },
      { ...capabilities, metadata: { maxCount: 1 } },
      "metadata",
    ],
  ])("%s", (_name, fields, given, path) => {
    expect(errorOf({ ...minimal, ...fields }, { capabilities: given })).toMatchObject({
      code: "capability-unsupported",
      actor: "caller",
      issues: [{ path }],
    });
  });

  test("is no matter if there is none of it", () => {
    expect(
      prepareMessage({ ...minimal, tags: [], metadata: {} }, { ...options, capabilities: none }),
    ).toBeDefined();
  });

  test("counts as one of several faults beside others", () => {
    expect(errorOf({ ...minimal, tags: ["a"], subject: 1 }, { capabilities: none })).toMatchObject({
      code: "message-invalid",
      issues: [{ path: "subject" }, { path: "tags" }],
    });
  });
});

test("whatever is thrown at it, it answers with an EmailError or a message that stays as it is", () => {
  fc.assert(
    fc.property(
      fc.record(
        {
          to: fc.oneof(fc.anything(), fc.constant(minimal.to)),
          subject: fc.oneof(fc.anything(), fc.string()),
          text: fc.oneof(fc.anything(), fc.string()),
          headers: fc.anything(),
          listUnsubscribe: fc.anything(),
          attachments: fc.anything(),
          metadata: fc.anything(),
          providerOptions: fc.anything(),
        },
        { requiredKeys: [] },
      ),
      (message) => {
        try {
          const prepared = prepareMessage(message as unknown as EmailMessage, options);
          expect(prepareMessage({ ...minimal, ...(message as object) }, options).subject).toBe(
            prepared.subject,
          );
        } catch (error) {
          expect(error).toBeInstanceOf(EmailError);
        }
      },
    ),
    { numRuns: 2000 },
  );
  expect(Object.prototype).not.toHaveProperty("address");
});

function attachmentWith(fields: object) {
  return { filename: "a.pdf", contentType: "application/pdf", content: new Uint8Array(), ...fields };
}
