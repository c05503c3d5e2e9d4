import type { BatchOutcome } from "@getfluxly/email-core";

/** In one line that is easy to compare: who was accepted and refused, or with what the message failed. */
export function summaryOfOutcome(outcome: BatchOutcome): string {
  const rejected = (outcome.status === "sent" ? outcome.receipt.rejected : outcome.failure.rejected) ?? [];
  const refused = rejected.map(({ address, reply }) => `, ${address} refused with ${reply?.code}`).join("");
  if (outcome.status === "sent") return `sent to ${outcome.receipt.accepted.join(" ")}${refused}`;
  const { code, certainty } = outcome.failure;
  return `${code}, ${certainty}${refused}`;
}
