import { describe, expect, test, vi } from "vitest";
import type { Content } from "../session/content.js";
import { prepare } from "./__fixtures__/prepare.js";
import { composeEarly } from "./compose-early.js";

const content: Content = { pieces: [], size: 0, eightBit: false, smtpUtf8: false };
const attachments = [{ filename: "a.txt", contentType: "text/plain", content: new Uint8Array(1) }];

describe("composing early", () => {
  test("a small message is composed at once, and only once", () => {
    const compose = vi.fn(() => content);
    const early = composeEarly(prepare({}), compose);
    expect(compose).toHaveBeenCalledTimes(1);
    expect(early()).toBe(content);
    expect(early()).toBe(content);
    expect(compose).toHaveBeenCalledTimes(1);
  });

  test.each([
    ["a long text", { text: "x".repeat(16_385) }],
    ["text and html that are long together", { text: "x".repeat(8_192), html: "x".repeat(8_193) }],
    ["an attachment", { attachments }],
  ])("%s waits for its connection", (_what, changes) => {
    const compose = vi.fn(() => content);
    const early = composeEarly(prepare(changes), compose);
    expect(compose).not.toHaveBeenCalled();
    expect(early()).toBe(content);
  });

  test("a failure is told to whoever asks for the content", () => {
    const early = composeEarly(prepare({}), () => {
      throw new RangeError("too large");
    });
    expect(early).toThrow(new RangeError("too large"));
  });

  test("a failure that comes later is told as well, and disturbs nobody before", async () => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const early = composeEarly(prepare({}), () => Promise.reject(new RangeError("too large")));
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    await expect(early()).rejects.toThrow("too large");
  });
});
