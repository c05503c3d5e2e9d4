import { expect, test } from "vitest";
import { createSinkSession } from "./sink-session.js";

function open(keepsContent = true) {
  const contents: (string | undefined)[] = [];
  const take = createSinkSession({
    extensions: ["PIPELINING", "AUTH PLAIN"],
    keepsContent,
    onMessage: (content) => contents.push(content?.toString("latin1")),
  });
  return { contents, say: (text: string) => take(Buffer.from(text, "latin1")) };
}

const envelope = "MAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\n";
const codes = (text: string) =>
  text
    .split("\r\n")
    .slice(0, -1)
    .map((line) => line.slice(0, 4));

test("announces its extensions and takes every login", () => {
  const { say } = open();
  expect(say("EHLO me\r\n").text).toBe("250-sink.example.test\r\n250-PIPELINING\r\n250 AUTH PLAIN\r\n");
  expect(say("AUTH PLAIN AGEAYg==\r\n").text).toMatch(/^235 /);
  expect(say("WHAT\r\n").text).toMatch(/^500 /);
});

test("answers what came together together, in order", () => {
  const { say, contents } = open();
  expect(codes(say(envelope).text)).toEqual(["250 ", "250 ", "354 "]);
  expect(codes(say(`one\r\n.\r\n${envelope}`).text)).toEqual(["250 ", "250 ", "250 ", "354 "]);
  expect(codes(say("two\r\n.\r\nQUIT\r\n").text)).toEqual(["250 ", "221 "]);
  expect(contents).toEqual(["one\r\n", "two\r\n"]);
});

test("takes content apart from commands wherever the chunks end", () => {
  const content = "Subject: x\r\n\r\n..dot\r\n...\r\nDATA\r\n.\rno end\r\n..\r\nlast";
  const all = `${envelope}${content}\r\n.\r\n${envelope}.\r\n${envelope}..\r\n.\r\nQUIT\r\n`;
  const expected = ["Subject: x\r\n\r\n.dot\r\n..\r\nDATA\r\n\rno end\r\n.\r\nlast\r\n", "", ".\r\n"];
  for (let size = 1; size <= all.length; size++) {
    const { say, contents } = open();
    const answers: string[] = [];
    for (let at = 0; at < all.length; at += size) answers.push(say(all.slice(at, at + size)).text);
    expect(contents).toEqual(expected);
    const three = ["250 ", "250 ", "354 ", "250 "];
    expect(codes(answers.join(""))).toEqual([...three, ...three, ...three, "221 "]);
  }
});

test("counts without keeping", () => {
  const { say, contents } = open(false);
  say(`${envelope}one\r\n.\r\n`);
  expect(contents).toEqual([undefined]);
});

test("says when to encrypt and when to close, and drops what was sent behind it", () => {
  const { say } = open();
  expect(say("STARTTLS\r\nMAIL FROM:<>\r\n")).toEqual({
    text: expect.stringMatching(/^220 [^\r]*\r\n$/),
    next: "encrypt",
  });
  expect(open().say("quit\r\n").next).toBe("close");
});
