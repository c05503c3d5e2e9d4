import { expect, test } from "vitest";
import { smtpWebhook } from "./smtp-webhook.js";

const parse = (mail: string) =>
  smtpWebhook.parse({
    method: "POST",
    url: "https://example.com/",
    headers: [["Content-Type", "message/rfc822"]],
    body: new TextEncoder().encode(mail),
  });
const header = (type: string) =>
  `To: bounces@mail.example.com\r\nMIME-Version: 1.0\r\nContent-Type: ${type}; boundary="b"\r\n`;
const report = (status: string, more = "", type = "message/delivery-status") =>
  `${more}${header("multipart/report; report-type=delivery-status")}\r\n--b\r\nContent-Type: ${type}\r\n\r\nReporting-MTA: dns; mx\r\n\r\n${status}\r\n--b--\r\n`;
const long = 900_000;
/** Still read: header fields may have 256 KB together. */
const longHeader = 250_000;

const hostile: [string, string][] = [
  ["blanks within an address", report(`Final-Recipient: rfc822; a${" ".repeat(long)}a\r\nAction: failed`)],
  [
    "a folded address of form feeds",
    report(`Final-Recipient: rfc822; a${"\r\n \f\f\f\f".repeat(100_000)}a\r\nAction: failed`),
  ],
  ["blanks within a reply", report(`Action: failed\r\nDiagnostic-Code: smtp; ${" ".repeat(long)}5`)],
  ["a reply of said", report(`Action: failed\r\nDiagnostic-Code: smtp; ${"said: ".repeat(150_000)}`)],
  ["a date of blanks", report(`Action: failed\r\nLast-Attempt-Date: ${" ".repeat(long)}1`)],
  ["angle brackets", report(`Action: failed\r\nFinal-Recipient: rfc822; ${"<".repeat(long)}`)],
  ["escapes", report(`Action: failed\r\nFinal-Recipient: utf-8; ${"\\x{".repeat(300_000)}`)],
  ["empty blocks", report("\r\n \r\n".repeat(150_000))],
  ["many recipients", report("Final-Recipient: rfc822; a@b.c\r\nAction: failed\r\n\r\n".repeat(17_000))],
  ["addresses", `To: ${"a@b.c,".repeat(longHeader / 6)}\r\n\r\nx`],
  ["comments", `To: ${"(".repeat(longHeader)}\r\n\r\nx`],
  ["quotes", `From: ${'"\\'.repeat(longHeader / 2)}\r\n\r\nx`],
  ["encoded words", `Subject: ${"=?utf-8?q?a?= ".repeat(longHeader / 14)}\r\n\r\nx`],
  ["unended encoded words", `From: ${"=?utf-8?q?".repeat(longHeader / 10)}\r\n\r\nx`],
  ["header fields", `${"A: b\r\n".repeat(9_000)}\r\nx`],
  ["a header without an end", "A".repeat(longHeader)],
  ["parts", `${header("multipart/mixed")}\r\n${"--b\r\n\r\nx\r\n".repeat(80_000)}--b--\r\n`],
  ["parameters", `Content-Type: text/plain; ${"a=b; ".repeat(longHeader / 5)}\r\n\r\nx`],
  [
    "continued parameters",
    `Content-Type: text/plain; ${Array.from({ length: longHeader / 12 }, (_, i) => `a*${i}=b; `).join("")}\r\n\r\nx`,
  ],
  ["HTML", `MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n${"<a href=".repeat(110_000)}`],
  ["entities", `MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n${"&".repeat(long)}`],
  [
    "base64 of nothing",
    `Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n${"=".repeat(long)}`,
  ],
  [
    "soft line ends",
    `Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${"=\r\n".repeat(300_000)}`,
  ],
  ["an unknown charset", "Content-Type: text/plain; charset=nothing\r\n\r\n\xff"],
  ["flowed text", `Content-Type: text/plain; format=flowed\r\n\r\n${"> \r\n".repeat(200_000)}`],
  ["no octet", ""],
];

test.each(hostile)("%s: read in a moment, without throwing", async (_what, mail) => {
  const start = performance.now();
  const { events, failures } = await parse(mail);
  expect(performance.now() - start).toBeLessThan(8000);
  expect(events.length + failures.length).toBeGreaterThan(0);
  expect(failures.every(({ code }) => code === "nothing-to-attach-to" || code === "too-many")).toBe(true);
});

test.each([
  ["addresses", `To: ${"a@b.c,".repeat(50_000)}\r\n\r\nx`, "parser-failed"],
  ["many header fields", `${"A: bcdefghijklmnopqrstuvwxyz0123456\r\n".repeat(8_000)}\r\nx`, "parser-failed"],
  [
    "parts in parts",
    `${Array.from({ length: 40 }, (_, i) => `Content-Type: multipart/mixed; boundary="b${i}"\r\n\r\n--b${i}\r\n`).join("")}\r\nx`,
    "too-deep",
  ],
])("%s beyond the limit: kept as a failure that says so", async (_what, mail, code) => {
  const { events, failures } = await parse(mail);
  expect(events).toEqual([]);
  expect(failures).toMatchObject([{ index: 0, code }]);
  expect(failures[0]?.raw).toEqual(new TextEncoder().encode(mail));
});
