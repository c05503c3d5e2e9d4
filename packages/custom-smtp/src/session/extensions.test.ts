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

test("LIMITS are whole numbers of six digits at most (RFC 9422), and a keyword counts once", () => {
  const limitsOf = (...lines: string[]) => parseExtensions({ code: 250, lines: ["mx", ...lines] }).limits;
  expect(limitsOf("LIMITS MAILMAX=20 rcptmax=5 RCPTDOMAINMAX=1 OTHER=3")).toEqual({
    maxMessagesPerConnection: 20,
    maxRecipients: 5,
    maxRecipientDomains: 1,
  });
  const none = {
    maxMessagesPerConnection: undefined,
    maxRecipients: undefined,
    maxRecipientDomains: undefined,
  };
  expect(limitsOf("LIMITS MAILMAX=0 RCPTMAX=1234567 RCPTDOMAINMAX=-1")).toEqual(none);
  expect(limitsOf("LIMITS MAILMAX RCPTMAX= RCPTDOMAINMAX=1x")).toEqual(none);
  expect(limitsOf("LIMITS MAILMAX=7", "LIMITS MAILMAX=9").maxMessagesPerConnection).toBe(7);
});

test.each(["AUTH=PLAIN LOGIN", "=PIPELINING", "PIPE LINING", "-PIPELINING", "PIPELINING;x"])(
  "%j is not a keyword that we know",
  (line) => {
    const extensions = parseExtensions({ code: 250, lines: ["mx", line] });
    expect(extensions.pipelining).toBe(false);
    expect(extensions.authentication.size).toBe(0);
  },
);
