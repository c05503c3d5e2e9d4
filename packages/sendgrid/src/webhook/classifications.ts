import type { BounceCategory } from "@getfluxly/email-core";

/** `bounce_classification` in lower case, in both spellings that occur; `Unclassified` says nothing. */
export const classifications: Readonly<Record<string, BounceCategory>> = {
  "invalid address": "invalid-recipient",
  technical: "system",
  "technical failure": "system",
  content: "content",
  reputation: "reputation",
  "frequency/volume": "rate-limited",
  "frequency or volume too high": "rate-limited",
  "mailbox unavailable": "mailbox-unavailable",
};
