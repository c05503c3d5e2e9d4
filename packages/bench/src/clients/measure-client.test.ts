import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import type { BenchClient } from "./bench-client.js";
import { measureClient } from "./measure-client.js";

const task = {
  kind: "2KB",
  warmUp: { messages: 4 },
  measured: { messages: 6 },
  sampleMemoryEveryMs: 0,
} as const;
const close = async () => undefined;

test("measures what comes after the warm-up", async () => {
  const seen: number[] = [];
  const client: BenchClient = {
    async sendAll(messages, onOutcome) {
      for (const { sequence } of messages) {
        seen.push(sequence);
        await delay(5);
        onOutcome(sequence);
      }
    },
    close,
  };
  const result = await measureClient(client, task);
  expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(result).toMatchObject({ messages: 6, messagesInAll: 10 });
  expect(result.elapsedSeconds).toBeGreaterThan(0.02);
  expect(result.p50Ms).toBeGreaterThan(3);
  expect(result.p99Ms).toBeGreaterThanOrEqual(result.p50Ms ?? 0);
});

test("goes on numbering where it is told to", async () => {
  const seen: number[] = [];
  const client: BenchClient = {
    async sendAll(messages, onOutcome) {
      for (const { sequence } of messages) {
        seen.push(sequence);
        onOutcome(sequence);
      }
    },
    close,
  };
  expect(await measureClient(client, task, 100)).toMatchObject({ messages: 6, messagesInAll: 10 });
  expect(seen).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 108, 109]);
});

test("fails when an outcome is missing, or comes twice", async () => {
  const forgetful: BenchClient = {
    async sendAll(messages, onOutcome) {
      for (const { sequence } of messages) if (sequence !== 7) onOutcome(sequence);
    },
    close,
  };
  await expect(measureClient(forgetful, task)).rejects.toThrow("1 messages have no outcome");
  const repetitive: BenchClient = {
    async sendAll(messages, onOutcome) {
      for (const { sequence } of messages) {
        onOutcome(sequence);
        onOutcome(sequence);
      }
    },
    close,
  };
  await expect(measureClient(repetitive, task)).rejects.toThrow("message 4 has an outcome it cannot have");
});
