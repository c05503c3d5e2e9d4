import type { EventDraft } from "@getfluxly/email-core/webhook";

type Meaning = Pick<EventDraft, "type"> & Partial<EventDraft>;

/**
 * What each `Type` of a bounce record means. Many are no bounces: Postmark reports whatever came back.
 * Source: https://postmarkapp.com/developer/api/bounce-api#bounce-types
 */
export const bounceTypes: Readonly<Record<string, Meaning>> = {
  HardBounce: { type: "bounced", evidence: { severity: "permanent" } },
  SoftBounce: { type: "bounced", evidence: { severity: "temporary" } },
  Unknown: { type: "bounced" },
  // The relay goes on trying.
  Transient: { type: "deferred" },
  DnsError: { type: "deferred", evidence: { category: "network" } },
  // Somebody refused the sender or the message; the address did nothing wrong.
  Blocked: { type: "bounced", evidence: { severity: "temporary", category: "reputation" } },
  SpamNotification: { type: "bounced", evidence: { severity: "permanent", category: "content" } },
  VirusNotification: { type: "bounced", evidence: { severity: "permanent", category: "content" } },
  DMARCPolicy: { type: "bounced", evidence: { severity: "permanent", category: "authentication" } },
  SpamComplaint: { type: "complained", complaint: {} },
  AutoResponder: { type: "autoreplied" },
  AddressChange: { type: "autoreplied" },
  ChallengeVerification: { type: "autoreplied" },
  Unsubscribe: { type: "unsubscribed", subscription: { scope: "stream" } },
  Subscribe: { type: "resubscribed", subscription: { scope: "stream" } },
  // Never tried.
  BadEmailAddress: { type: "rejected", reject: { reason: "invalid-recipient" } },
  ManuallyDeactivated: { type: "rejected", reject: { reason: "manual" } },
  Unconfirmed: { type: "rejected", reject: { reason: "other" } },
  SMTPApiError: { type: "failed" },
  TemplateRenderingFailed: { type: "failed" },
  OpenRelayTest: { type: "other" },
  InboundError: { type: "other" },
};
