import type { Rule } from "../rule.js";

/** For hosts that explain what they heard elsewhere: DNS checks, headers of received mail, other software. */
export const otherRules: readonly Rule[] = [
  {
    id: "dnsrec.spf_multiple",
    stage: "deliverability",
    actor: "configuration",
    place: "dns_zone",
    title: "The domain has two SPF records",
    cause: "Two TXT records begin with v=spf1. That is an error for every receiver, so none of them counts.",
    steps: ["Merge the terms into one record, and delete the other."],
    when: [
      {
        that: ({ failure }) =>
          /(?:multiple|more than one|two) spf/i.test(`${failure.message} ${failure.reply?.text ?? ""}`),
      },
    ],
    confidence: "confirmed",
  },
  {
    id: "dnsrec.spf_lookups",
    stage: "deliverability",
    actor: "configuration",
    place: "dns_zone",
    title: "The SPF record asks for too many lookups",
    cause:
      "More than ten terms ask the DNS, or more than two of them find nothing (RFC 7208). That is an error for every receiver.",
    steps: [
      "Take out includes that are no longer used, and terms a, mx and ptr.",
      "Send from a sub-domain for each relay, which has a record of its own.",
    ],
    when: [
      {
        that: ({ failure }) =>
          /too many (?:dns (?:requests|lookups)|void)|(?:1[1-9]|[2-9]\d)\/10 .{0,20}lookups|dns lookup limit/i.test(
            `${failure.message} ${failure.reply?.text ?? ""}`,
          ),
      },
    ],
    confidence: "confirmed",
  },
  {
    id: "dnsrec.dmarc_unaligned",
    stage: "deliverability",
    actor: "configuration",
    place: "dns_zone",
    title: "The mail passes for the relay's domain, and not for yours",
    cause: "SPF and DKIM prove the relay. DMARC wants that one of them proves the domain of from_email.",
    steps: [
      "Set up DKIM for your domain at the relay.",
      "Set up a return path under your domain, if the relay offers one.",
    ],
    when: [
      {
        at: ["deliverability"],
        that: ({ failure }) => /dmarc=fail/i.test(`${failure.message} ${failure.reply?.text ?? ""}`),
      },
    ],
  },
  {
    id: "meta.verify_false_positive",
    stage: "auth",
    actor: "caller",
    place: "form",
    severity: "info",
    title: "A check that said yes had not asked",
    cause:
      "A check that ends at EHLO, or at a login that the relay did not offer, says nothing about whether mail can be sent.",
    steps: [
      "Diagnose with mode dry_run, which asks for sender and recipient too, or with mode send, which sends a message.",
    ],
    when: [
      {
        at: ["verify"],
        that: ({ failure }) => /self-?test passed|verify\(\) (?:returned|says) true/i.test(failure.message),
      },
    ],
  },
];
