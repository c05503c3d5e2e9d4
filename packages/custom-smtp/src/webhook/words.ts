import type { Bounce, BounceCategory, EmailEvent, EmailEventType, RejectReason } from "@getfluxly/email-core";

type Subscription = NonNullable<EmailEvent["subscription"]>;

/** Each list is checked to be complete by its type below. */
export const eventTypes = [
  ...(["accepted", "deferred", "delivered", "bounced", "rejected", "failed", "opened", "clicked"] as const),
  ...([
    "complained",
    "unsubscribed",
    "resubscribed",
    "suppressed",
    "unsuppressed",
    "autoreplied",
    "other",
  ] as const),
] satisfies readonly EmailEventType[];

export const severities = ["permanent", "temporary"] satisfies readonly Bounce["severity"][];

export const bounceCategories = [
  ...([
    "invalid-recipient",
    "invalid-domain",
    "mailbox-full",
    "mailbox-disabled",
    "mailbox-unavailable",
  ] as const),
  ...([
    "too-large",
    "content",
    "protocol",
    "authentication",
    "reputation",
    "policy",
    "sender-rejected",
  ] as const),
  ...([
    "sender-unverified",
    "rate-limited",
    "connection",
    "expired",
    "loop",
    "network",
    "system",
    "greylisted",
  ] as const),
] satisfies readonly BounceCategory[];

export const rejectReasons = [
  ...([
    "previous-bounce",
    "previous-complaint",
    "unsubscribed",
    "suppressed",
    "manual",
    "invalid-recipient",
  ] as const),
  ...(["invalid-request", "content", "policy", "quota", "other"] as const),
] satisfies readonly RejectReason[];

export const subscriptionScopes = ["global", "group", "stream"] satisfies readonly Subscription["scope"][];

export const origins = ["recipient", "customer", "admin"] satisfies readonly NonNullable<
  Subscription["origin"]
>[];
