import { expect, test } from "vitest";
import { type BenchMessage, createBenchMessage } from "../messages/bench-message.js";
import { sendConcurrently } from "./send-concurrently.js";

const messages = Array.from({ length: 10 }, (_, index) => createBenchMessage("2KB", index));

test("keeps as many in flight as allowed, and tells each outcome", async () => {
  const waiting: (() => void)[] = [];
  const told: number[] = [];
  let highest = 0;
  const send = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
      highest = Math.max(highest, waiting.length);
      // Answers only when there is nothing else to do, and so everything that may be sent was sent.
      setImmediate(() => waiting.pop()?.());
    });
  await sendConcurrently(messages, 3, send, (sequence) => told.push(sequence));
  expect(highest).toBe(3);
  expect(told).toHaveLength(messages.length);
  expect(new Set(told)).toEqual(new Set(messages.map(({ sequence }) => sequence)));
});

test("rejects with the first failure", async () => {
  const send = async ({ sequence }: BenchMessage) => {
    if (sequence === 4) throw new Error("no");
  };
  await expect(sendConcurrently(messages, 2, send, () => undefined)).rejects.toThrow("no");
});
