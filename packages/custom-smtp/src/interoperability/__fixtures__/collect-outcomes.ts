import type { BatchOutcome, EmailMessage, ManagedProvider } from "@getfluxly/email-core";

/** A batch from beginning to end: each outcome at its message's place, none twice, none missing. */
export async function collectOutcomes(
  provider: ManagedProvider,
  messages: readonly EmailMessage[],
): Promise<readonly BatchOutcome[]> {
  const outcomes: BatchOutcome[] = [];
  for await (const outcome of provider.sendBatch(messages)) {
    if (outcomes[outcome.index]) throw new Error(`message ${outcome.index} has two outcomes`);
    outcomes[outcome.index] = outcome;
  }
  if (Object.keys(outcomes).length !== messages.length) throw new Error("a message has no outcome");
  return outcomes;
}
