import { describe, expect, test } from "vitest";
import type { SmtpReply } from "./reply.js";
import { createReplyParser, ReplySyntaxError } from "./reply-parser.js";

const parse = (...chunks: (string | Buffer)[]) => {
  const parser = createReplyParser();
  const replies: SmtpReply[] = [];
  for (const chunk of chunks) parser.push(Buffer.from(chunk), (reply) => replies.push(reply));
  return replies;
};

const conversation =
  "220-mx.test\r\n220 ESMTP ready\r\n250-mx\r\n250-SIZE 10\r\n250 PIPELINING\r\n235\r\n550 5.1.1 no «ü»\r\n";

describe("the reply parser", () => {
  test("reads single, multi-line and text-less replies in order", () => {
    expect(parse(conversation)).toEqual([
      { code: 220, lines: ["mx.test", "ESMTP ready"] },
      { code: 250, lines: ["mx", "SIZE 10", "PIPELINING"] },
      { code: 235, lines: [""] },
      { code: 550, lines: ["5.1.1 no «ü»"] },
    ]);
  });

  test("gives the same replies wherever the octets are split", () => {
    const octets = Buffer.from(conversation);
    const whole = parse(octets);
    for (let first = 0; first <= octets.length; first += 1) {
      for (let second = first; second <= octets.length; second += 7) {
        const parts = [octets.subarray(0, first), octets.subarray(first, second), octets.subarray(second)];
        expect(parse(...parts)).toEqual(whole);
      }
    }
    expect(parse(...[...octets].map((octet) => Buffer.from([octet])))).toEqual(whole);
  });

  test.each([
    ["another protocol", "SSH-2.0-OpenSSH_9.6\r\n"],
    ["a bare line feed", "220 mx.test\n"],
    ["a line feed hidden in a reply", "250-a\n250 b\r\n"],
    ["codes that differ", "250-a\r\n550 b\r\n"],
    ["a code out of range", "199 a\r\n"],
    ["four digits", "2500 a\r\n"],
    ["no separator", "250ok\r\n"],
    ["a blank line", "\r\n"],
    ["a line without end", `250 ${"x".repeat(5000)}`],
    ["a reply without end", "250-x\r\n".repeat(300)],
  ])("refuses %s", (_name, octets) => {
    expect(() => parse(octets)).toThrow(ReplySyntaxError);
  });

  test("gives what came before the octets that cannot be SMTP", () => {
    const seen: number[] = [];
    const read = () =>
      createReplyParser().push(Buffer.from("250 a\r\nbanana\r\n"), ({ code }) => seen.push(code));
    expect(read).toThrow(ReplySyntaxError);
    expect(seen).toEqual([250]);
  });

  test("knows when a further reply has begun", () => {
    const parser = createReplyParser();
    const push = (text: string) => parser.push(Buffer.from(text), () => undefined);
    push("220 a\r\n");
    expect(parser.hasPartialReply()).toBe(false);
    push("2");
    expect(parser.hasPartialReply()).toBe(true);
    push("50-a\r\n");
    expect(parser.hasPartialReply()).toBe(true);
    push("250 b\r\n");
    expect(parser.hasPartialReply()).toBe(false);
  });
});
