import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stuffContent } from "./stuff-content.js";

const stuff = (text: string) => stuffContent(Buffer.from(text, "latin1")).stuffed.toString("latin1");

/** The definition, octet by octet, to compare with. */
const expected = (text: string) => {
  const normal = text.replace(/\r\n|\r|\n/g, "\r\n");
  const ended = normal === "" || normal.endsWith("\r\n") ? normal : `${normal}\r\n`;
  return ended.replace(/^\./gm, "..");
};

describe("content after DATA", () => {
  test.each([
    ["", ""],
    ["a", "a\r\n"],
    ["a\r\n", "a\r\n"],
    [".", "..\r\n"],
    ["a\n.\nb", "a\r\n..\r\nb\r\n"],
    ["a\r.\rb", "a\r\n..\r\nb\r\n"],
    ["a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n"],
    ["a\n\r.b", "a\r\n\r\n..b\r\n"],
    ["a\r\r\n.", "a\r\n\r\n..\r\n"],
    ["..\r\n.x", "...\r\n..x\r\n"],
  ])("%j becomes %j", (text, wire) => {
    expect(stuff(text)).toBe(wire);
  });

  test("equals the definition for any mixture of dots and line ends", () => {
    const text = fc.string({ unit: fc.constantFrom("\r", "\n", ".", "a", "\r\n", "\r\n."), maxLength: 60 });
    fc.assert(
      fc.property(text, (sample) => stuff(sample) === expected(sample)),
      { numRuns: 5_000 },
    );
  });

  test("no end of data can hide in the content", () => {
    const text = fc.string({ unit: fc.constantFrom("\r", "\n", ".", "\0", "\u0085", "x"), maxLength: 40 });
    fc.assert(
      fc.property(text, (sample) => !/(^|\r|\n)\.(\r|\n)/.test(stuff(sample))),
      { numRuns: 5_000 },
    );
  });

  test("the size is counted before dots are doubled", () => {
    expect(stuffContent(Buffer.from(".\n.\n")).size).toBe(6);
  });

  test("content that is right already is not copied", () => {
    const content = Buffer.from("Subject: a\r\n\r\nb\r\n");
    expect(stuffContent(content).stuffed).toBe(content);
  });
});
