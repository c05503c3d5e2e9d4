import { expect, test } from "vitest";
import { findStatus } from "./find-status.js";
import { readReply } from "./read-reply.js";

test.each([
  ["550 5.1.1 <kim@example.net>: no such user", 550, "5.1.1"],
  [" 550-5.1.1 The account", 550, "5.1.1"],
  ["smtp;552 5.3.4 too large", 552, "5.3.4"],
  ["smtp; 421 4.4.1 timed out", 421, "4.4.1"],
  ["host mx.example.net[203.0.113.4] said: 550 5.1.1 unknown (in reply to RCPT TO command)", 550, "5.1.1"],
  ["X-Postfix; connect to mx.example.net[203.0.113.4]:25: Connection timed out", null, null],
  ["250", 250, null],
  ["554 refused; ask our postmaster and quote 5.1.1.9", 554, null],
  ["498 4.7.1 temporarily", null, "4.7.1"],
  ["605 not delivering to previously bounced address", null, null],
  ["5500 units", null, null],
  ["550.1 is a number", null, null],
])("%j is %s and %s", (text, code, status) => {
  expect(readReply({ text })).toEqual({ code, status, text: text.trim() });
});

test("fields beat the text, unless they are no real codes", () => {
  expect(readReply({ text: "550 5.0.0 x", code: "552", status: "5.2.2" })).toMatchObject({
    code: 552,
    status: "5.2.2",
  });
  expect(readReply({ text: "550 5.1.1 x", code: 605, status: "" })).toMatchObject({
    code: 550,
    status: "5.1.1",
  });
  expect(readReply({ text: undefined, code: 498 })).toBeUndefined();
  expect(readReply({ text: "  " })).toBeUndefined();
  expect(readReply({ status: "5.7.26" })).toEqual({ code: null, status: "5.7.26", text: null });
});

test.each([
  ["from 192.0.2.5 to 5.1.1", "5.1.1"],
  ["5.1.1.9", null],
  ["15.1.1", null],
  ["5.1.1234", null],
  ["(5.7.26).", "5.7.26"],
  ["ends with 5.1.1.", "5.1.1"],
  ["3.1.1", null],
])("the status in %j is %s", (text, status) => {
  expect(findStatus(text)).toBe(status);
});
