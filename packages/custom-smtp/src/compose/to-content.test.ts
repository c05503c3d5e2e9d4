import fc from "fast-check";
import { expect, test } from "vitest";
import { toContent } from "./to-content.js";

const octets = (length: number) =>
  Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 7919) >>> 3));
const whole = ({ pieces }: { readonly pieces: Iterable<Buffer> }) => Buffer.concat([...pieces]);

test("a usual message is one buffer", () => {
  const content = toContent(["Subject: a\n\n", ".\n", octets(100_000), "\n--x"]);
  expect([...content.pieces]).toHaveLength(1);
  expect(whole(content).length).toBe(content.size + 1);
});

test.each([
  [["a"], "a\r\n"],
  [["a\n"], "a\r\n"],
  [["a", "\n--b"], "a\r\n--b\r\n"],
  [["a\n", Buffer.from("b")], "a\r\nYg==\r\n"],
])("%j ends its last line", (segments, wire) => {
  expect(whole(toContent(segments)).toString()).toBe(wire);
});

test("texts are the same one by one and in one go", () => {
  const text = fc
    .string({ unit: fc.constantFrom("\n", "\n.", ".", "a", "x".repeat(900)), maxLength: 40 })
    .map((it) => `${it}\n`);
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (texts) => {
      const lines = texts.join("").replaceAll("\n", "\r\n");
      const content = toContent(texts);
      expect(whole(content).toString("latin1")).toBe(lines.replace(/^\./gm, ".."));
      expect(content.size).toBe(lines.length);
    }),
    { numRuns: 1_000 },
  );
});

test("a large one comes in pieces of 64 KB, again and again the same, and is not held", () => {
  const attachment = octets(5_000_000);
  const text = "a line\n.\n".repeat(50_000);
  const content = toContent(["Subject: a\n\n", text, attachment, "\n--x--"]);
  const first = whole(content);
  expect(first.equals(whole(content))).toBe(true);
  expect(first.length).toBe(content.size + 50_000);
  expect(Math.max(...Array.from(content.pieces, ({ length }) => length))).toBeLessThan(90_000);
  // What is encoded anew each time shows a change.
  attachment.fill(0);
  expect(first.equals(whole(content))).toBe(false);
});
