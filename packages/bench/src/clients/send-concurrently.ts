import type { BenchMessage } from "../messages/bench-message.js";

/** Keeps so many calls in flight: the next message is taken when one of them has its outcome. */
export async function sendConcurrently(
  messages: Iterable<BenchMessage>,
  inFlight: number,
  send: (message: BenchMessage) => Promise<unknown>,
  onOutcome: (sequence: number) => void,
): Promise<void> {
  const source = messages[Symbol.iterator]();
  async function work(): Promise<void> {
    for (let next = source.next(); next.done !== true; next = source.next()) {
      await send(next.value);
      onOutcome(next.value.sequence);
    }
  }
  await Promise.all(Array.from({ length: inFlight }, work));
}
