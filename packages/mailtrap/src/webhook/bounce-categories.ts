import type { BounceCategory } from "@getfluxly/email-core";

/** `bounce_category` in lower case; the others (`other`, `generalfail`, `transientfail` and so on) say nothing. */
export const bounceCategories: Readonly<Record<string, BounceCategory>> = {
  badrecipient: "invalid-recipient",
  overquota: "mailbox-full",
  greylisting: "greylisted",
  timeout: "connection",
  dnsfail: "network",
  serverfail: "system",
  badsender: "sender-rejected",
  block: "reputation",
  spam: "content",
  spam_gmail: "content",
  content: "content",
  serverpolicy: "policy",
};
