import { expect, test } from "vitest";
import { parseExtensions } from "./extensions.js";

test("keywords are read line by line, in any case", () => {
  const extensions = parseExtensions({
    code: 250,
    lines: [
      "mx.test at your service",
      "pipelining",
      "SIZE 1048576",
      "8BITMIME",
      "AUTH PLAIN login",
      "STARTTLS",
      "SMTPUTF8",
    ],
  });
  expect(extensions).toMatchObject({
    pipelining: true,
    startTls: true,
    eightBitMime: true,
    smtpUtf8: true,
    maximumMessageBytes: 1_048_576,
  });
  expect([...extensions.authentication]).toEqual(["PLAIN", "LOGIN"]);
});

test("a word in the greeting line or in another keyword's parameters announces nothing", () => {
  const extensions = parseExtensions({
    code: 250,
    lines: ["STARTTLS PIPELINING", "X-NOTE STARTTLS", "AUTHX PLAIN"],
  });
  expect(extensions.startTls).toBe(false);
  expect(extensions.pipelining).toBe(false);
  expect(extensions.authentication.size).toBe(0);
});

test.each(["SIZE", "SIZE 0", "SIZE abc", "SIZE -1"])("%s is no limit", (line) => {
  const extensions = parseExtensions({ code: 250, lines: ["mx", line] });
  expect(extensions.sizeAnnounced).toBe(true);
  expect(extensions.maximumMessageBytes).toBeUndefined();
});
