import { describe, expect, test } from "vitest";
import { createBenchMessage, sequenceOf } from "./bench-message.js";
import { messageKinds } from "./message-kind.js";

test.each([
  ["2KB", 2048],
  ["20KB", 20_480],
  ["200KB", 204_800],
  ["attachment", 512],
] as const)("the text of %s has its size, also with a long number", (kind, bytes) => {
  expect(createBenchMessage(kind, 1).text).toHaveLength(bytes);
  expect(createBenchMessage(kind, 999_999_999).text).toHaveLength(bytes);
});

describe.each(messageKinds)("%s", (kind) => {
  test("is ASCII in lines below 76 characters", () => {
    const { text } = createBenchMessage(kind, 7);
    expect(text).toMatch(/^[\x20-\x7e\n]+\n$/);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThan(76);
    expect(text).not.toMatch(/^ | $/m);
  });

  test("is another message for each number, and the same one for the same number", () => {
    const [one, two] = [createBenchMessage(kind, 1), createBenchMessage(kind, 2)];
    expect(createBenchMessage(kind, 1)).toEqual(one);
    expect(two.subject).not.toBe(one.subject);
    expect(two.to).not.toEqual(one.to);
    expect(two.text).not.toBe(one.text);
    if (kind === "attachment") {
      expect(one.attachment?.content).toHaveLength(146 * 1024);
      expect(two.attachment?.content).not.toEqual(one.attachment?.content);
    }
  });

  test("has its number in its subject", () => {
    expect(sequenceOf(createBenchMessage(kind, 1234).subject)).toBe(1234);
  });
});

test.each([undefined, "", "Re: Your order 000000001 is on its way"])("%j has no number", (subject) => {
  expect(sequenceOf(subject)).toBeUndefined();
});
