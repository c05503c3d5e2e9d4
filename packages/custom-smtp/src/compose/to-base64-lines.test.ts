import { describe, expect, test } from "vitest";
import { toBase64Lines } from "./to-base64-lines.js";
import type { WireLines } from "./wire-lines.js";

const octetsOf = (length: number) =>
  Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 7919) >>> 3));

function written(lines: WireLines): string {
  const target = Buffer.alloc(lines.length + 2, "#");
  lines.write(target, 1);
  expect(target[0]).toBe(target.at(-1));
  return target.toString("latin1", 1, lines.length + 1);
}

const block = 57 * 256;
const slice = 57 * 840;
const lengths = [
  0,
  1,
  2,
  3,
  56,
  57,
  58,
  113,
  114,
  115,
  block - 1,
  block,
  block + 1,
  slice - 1,
  slice,
  slice + 1,
  3 * slice + 100,
];

describe("lines of base64 on the wire", () => {
  test.each(lengths)("of %d octets", (length) => {
    const octets = octetsOf(length);
    // The definition, to compare with.
    const expected = octets.toString("base64").replace(/.{1,76}/g, "$&\r\n");
    const lines = toBase64Lines(octets);
    expect(written(lines) === expected).toBe(true);
    expect(lines.size).toBe(expected.length);
    const slices = [...lines.slices()].map(written);
    expect(slices.join("") === expected).toBe(true);
    expect(Math.max(0, ...slices.map((one) => one.length))).toBeLessThanOrEqual(64 * 1024);
  });

  test("octets that moved to another thread are noticed", () => {
    const moved = new Uint8Array(1000);
    const lines = toBase64Lines(Buffer.from(moved.buffer));
    structuredClone(moved, { transfer: [moved.buffer] });
    expect(() => [...lines.slices()]).toThrow("An attachment changed while its message was sent.");
  });
});
