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

test("a text is the same in blocks, whatever stands at their seams", () => {
  const part = fc.string({
    unit: fc.constantFrom("\n", "\n.", ".", "a", "x".repeat(60), "x".repeat(900)),
    maxLength: 40,
  });
  const text = fc
    .tuple(part, fc.integer({ min: 500, max: 3_000 }))
    .map(([it, times]) => `${it}\n.`.repeat(times));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), (texts) => {
      const lines = texts.map((it) => `${it}\n`);
      const wire = lines.join("").replaceAll("\n", "\r\n").replace(/^\./gm, "..");
      const content = toContent(lines);
      expect(whole(content).toString("latin1") === wire).toBe(true);
      expect(content.size).toBe(lines.join("").replaceAll("\n", "\r\n").length);
    }),
    { numRuns: 50 },
  );
});

test("a dot is doubled at the start of a block too", () => {
  const line = "a".repeat(64 * 1024 - 1);
  expect(whole(toContent([`${line}\n.\n`])).toString() === `${line}\r\n..\r\n`).toBe(true);
  expect(whole(toContent([`${line}\n`, ".\n"])).toString() === `${line}\r\n..\r\n`).toBe(true);
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
