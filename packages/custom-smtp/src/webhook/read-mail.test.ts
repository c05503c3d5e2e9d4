import { expect, test } from "vitest";
import { readMail } from "./read-mail.js";

const ulid = "01JDABCDEFGHJKMNPQRSTVWXYZ";
const failed = "Final-Recipient: rfc822; kim@example.net\r\nAction: failed\r\nStatus: 5.1.1\r\n";

const read = async (mail: string) => (await readMail(new TextEncoder().encode(mail))).events;

const report = (status: string, { head = "", type = "message/delivery-status", returned = "" } = {}) =>
  [
    `${head}MIME-Version: 1.0`,
    'Content-Type: multipart/report; boundary="b"',
    "",
    "--b",
    `Content-Type: ${type}`,
    "",
    status,
    "--b",
    "Content-Type: text/rfc822-headers",
    "",
    `Subject: Hello\r\n${returned}`,
    "--b--",
    "",
  ].join("\r\n");
const delivery = (first: string, more: Parameters<typeof report>[1] = {}) =>
  read(report(`Reporting-MTA: dns; mx.example.com\r\n${first}\r\n${failed}`, more));

test("reports without a Message-ID are told apart by what is in them; the same one again is the same", async () => {
  const [[first], [second], [again]] = await Promise.all([
    delivery("", { returned: "Message-ID: <1@example.com>\r\n" }),
    delivery("", { returned: "Message-ID: <2@example.com>\r\n" }),
    delivery("", { returned: "Message-ID: <1@example.com>\r\n" }),
  ]);
  expect(first?.id).not.toBe(second?.id);
  expect(first?.id).toBe(again?.id);
  const [redacted, other] = await Promise.all(
    ["1", "2"].map((id) =>
      read(report("Feedback-Type: abuse", { type: "message/feedback-report", returned: `X: ${id}\r\n` })),
    ),
  );
  expect(redacted?.[0]?.id).not.toBe(other?.[0]?.id);
});

test.each([
  ["an envelope id", `Original-Envelope-Id: ${ulid}\r\n`, ""],
  ["the address the report went to", "", `To: bounces+${ulid.toLowerCase()}@example.com\r\n`],
  ["X-Original-To", "", `X-Original-To: bounces-${ulid}@example.com\r\n`],
  ["Delivered-To", "", `Delivered-To: ${ulid}@bounces.example.com\r\n`],
  [
    "the address, though somebody made up an envelope id",
    "Original-Envelope-Id: QX-17\r\n",
    `To: b+${ulid}@x.example\r\n`,
  ],
])("finds its message by %s", async (_what, first, head) => {
  expect(await delivery(first, { head })).toMatchObject([{ correlationId: ulid, type: "bounced" }]);
});

test("finds its message by the Message-ID that was returned", async () => {
  const events = await delivery("", { returned: `Message-ID: <${ulid}@example.com>\r\n` });
  expect(events).toMatchObject([{ correlationId: ulid, messageId: `${ulid}@example.com` }]);
});

test.each([
  ["as UTF-8", "message/global-delivery-status", "utf-8; kimä@exämple.net", "kimä@exämple.net"],
  ["escaped", "message/delivery-status", "utf-8; kim\\x{E4}@ex\\x{E4}mple.net", "kimä@exämple.net"],
  ["of an unknown type", "message/delivery-status", "x400; /C=DE/", null],
  ["with blanks around", "message/delivery-status", " RFC822 ; <kim@example.net> ", "kim@example.net"],
])("an address %s (RFC 6533)", async (_what, type, address, recipient) => {
  const status = `Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: ${address}\r\nAction: failed\r\nStatus: 5.1.1\r\n`;
  expect(await read(report(status, { type }))).toMatchObject([{ recipient, type: "bounced" }]);
});

test("a complaint that names several recipients is about one of them", async () => {
  const status =
    "Feedback-Type: abuse\r\nOriginal-Rcpt-To: <kim@example.net>\r\nOriginal-Rcpt-To: <lee@example.net>\r\n";
  expect(await read(report(status, { type: "message/feedback-report" }))).toMatchObject([
    {
      ...{ type: "complained", recipient: null, recipientCertainty: "one-of" },
      recipients: ["kim@example.net", "lee@example.net"],
    },
  ]);
});

test.each([
  ["a vacation note", "Auto-Submitted: auto-replied (vacation)\r\n", "autoreplied"],
  ["a person who quotes a bounce", "", "other"],
])("%s is no bounce", async (_what, head, type) => {
  const text =
    "550 5.1.1 <kim@example.net>: no such user\r\nFinal-Recipient: rfc822; kim@example.net\r\nAction: failed";
  const events = await read(
    `${head}From: kim@example.net\r\nMessage-ID: <v@x>\r\nIn-Reply-To: <${ulid}@example.com>\r\n\r\n${text}\r\n`,
  );
  expect(events).toMatchObject([{ type, suppression: { advice: "none" } }]);
});
