import type { BatchOutcome, PreparedMessage } from "@getfluxly/email-core";
import { expect, test } from "vitest";
import { prepare } from "./compose/__fixtures__/prepare.js";
import { streamOutcomes } from "./stream-outcomes.js";

const turn = () => new Promise((resolve) => setImmediate(resolve));
const message = prepare({});
const outcome = (index: number): BatchOutcome => ({
  status: "sent",
  index,
  receipt: {
    messageId: "a@example.org",
    accepted: ["anna@example.com"],
    rejected: [],
    response: "250",
    warnings: [],
  },
});

async function* endless(): AsyncGenerator<PreparedMessage> {
  for (;;) yield message;
}

test("a window is filled at once, and again as soon as two fifths of it are free", async () => {
  const finish: (() => void)[] = [];
  const send = (_message: PreparedMessage, index: number) =>
    new Promise<BatchOutcome>((resolve) => finish.push(() => resolve(outcome(index))));
  const outcomes = streamOutcomes(endless(), send, { window: 10, signal: undefined });
  const told: number[] = [];
  const consumer = (async () => {
    for await (const { index } of outcomes) {
      told.push(index);
      if (told.length === 5) return;
    }
  })();
  await turn();
  expect(finish).toHaveLength(10);
  for (const index of [7, 2, 9]) finish[index]?.();
  await turn();
  expect(told).toEqual([7, 2, 9]);
  expect(finish).toHaveLength(10);
  finish[0]?.();
  await turn();
  expect(finish).toHaveLength(14);
  finish[13]?.();
  await consumer;
  expect(told).toEqual([7, 2, 9, 0, 13]);
});

test("what is told and not yet taken has its place in the window", async () => {
  let taken = 0;
  const send = async (_message: PreparedMessage, index: number) => {
    taken += 1;
    return outcome(index);
  };
  const outcomes = streamOutcomes(endless(), send, { window: 10, signal: undefined });
  await outcomes.next();
  await turn();
  // Ten, and the one that was handed out.
  expect(taken).toBe(11);
  for (let index = 0; index < 4; index++) await outcomes.next();
  await turn();
  expect(taken).toBe(11);
  await outcomes.next();
  await turn();
  expect(taken).toBe(16);
  await outcomes.return();
});
