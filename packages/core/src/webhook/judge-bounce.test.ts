import { describe, expect, test } from "vitest";
import { categoryOfStatus, categoryOfWords } from "./bounce-category.js";
import { judgeBounce } from "./judge-bounce.js";
import { readReply } from "./read-reply.js";

const reply = (text: string, status?: string) => readReply({ text, status });

describe("severity", () => {
  test.each([
    [
      "the relay's word beats the code",
      { severity: "temporary", reply: reply("550 5.1.1 x") },
      "temporary",
      "relay",
    ],
    ["then the status", { reply: reply("550 4.2.2 x") }, "temporary", "status"],
    ["then the code", { reply: reply("550 no such user") }, "permanent", "code"],
    ["then nothing, which is unknown and not hard", {}, "unknown", "none"],
    ["a reply that tells no failure tells no severity", { reply: reply("250 2.0.0 OK") }, "unknown", "none"],
  ] as const)("%s", (_name, evidence, severity, source) => {
    expect(judgeBounce(evidence)).toMatchObject({ severity, inferred: { severity: source } });
  });
});

describe("category", () => {
  test.each([
    [
      "greylisting beats the vague 4.7.1",
      { reply: reply("451 4.7.1 greylisted, try later") },
      "greylisted",
      "text",
    ],
    ["but only in a temporary reply", { reply: reply("550 5.7.1 greylisted") }, "policy", "status"],
    [
      "Exchange's 5.4.1 is about the recipient",
      { reply: reply("550 5.4.1 Recipient address rejected: Access denied") },
      "invalid-recipient",
      "text",
    ],
    ["5.4.1 alone is about the network", { reply: reply("550 5.4.1 no answer") }, "connection", "status"],
    [
      "the relay's fine word beats the status",
      { category: "mailbox-full", reply: reply("550 5.1.1 x") },
      "mailbox-full",
      "relay",
    ],
    [
      "the status beats the relay's coarse word",
      { coarseCategory: "content", reply: reply("550 5.1.1 x") },
      "invalid-recipient",
      "status",
    ],
    [
      "the coarse word beats the text",
      { coarseCategory: "content", reply: reply("550 user unknown") },
      "content",
      "relay",
    ],
    ["5.5.0 says nothing", { reply: reply("550 5.5.0 mailbox unavailable") }, "mailbox-unavailable", "text"],
    ["nothing is unknown", { reply: reply("550 refused") }, "unknown", "none"],
  ] as const)("%s", (_name, evidence, category, source) => {
    expect(judgeBounce(evidence)).toMatchObject({ category, inferred: { category: source } });
  });

  test.each([
    ["x.1.1 x.1.3 x.1.4 x.1.6 x.1.10", "invalid-recipient"],
    ["x.1.2 x.4.4", "invalid-domain"],
    ["x.2.2", "mailbox-full"],
    ["x.2.1", "mailbox-disabled"],
    ["x.2.0 x.2.4 x.2.5", "mailbox-unavailable"],
    ["x.2.3 x.3.4", "too-large"],
    ["x.6.0 x.6.1 x.6.5", "content"],
    ["x.5.1 x.5.2 x.5.4 x.5.6", "protocol"],
    ["x.7.20 x.7.23 x.7.26 x.7.27 x.7.29", "authentication"],
    ["x.7.28", "rate-limited"],
    ["x.7.0 x.7.1 x.7.2 x.7.19 x.7.30 x.7.512", "policy"],
    ["x.1.7 x.1.8", "sender-rejected"],
    ["x.4.1 x.4.2", "connection"],
    ["x.4.7", "expired"],
    ["x.4.6", "loop"],
    ["x.4.0 x.4.3 x.4.5", "network"],
    ["x.3.0 x.3.1 x.3.2 x.3.5", "system"],
    ["x.0.0 x.1.0 x.5.0 x.1.5", undefined],
  ])("%s is %s", (statuses, category) => {
    for (const status of statuses.split(" ")) {
      expect(categoryOfStatus(status.replace("x", "5")), status).toBe(category);
      expect(categoryOfStatus(status.replace("x", "4")), status).toBe(category);
    }
  });

  // Replies as servers word them, collected from their documentation and manuals.
  test.each([
    [
      "550 5.0.0 <kim@example.net>: Recipient address rejected: User unknown in virtual mailbox table",
      "invalid-recipient",
    ],
    ["No such user here", "invalid-recipient"],
    ["The email account that you tried to reach does not exist.", "invalid-recipient"],
    ["Recipient not found", "invalid-recipient"],
    ["550 Unknown recipient", "invalid-recipient"],
    ["550 RESOLVER.ADR.RecipientNotFound; not found", "invalid-recipient"],
    ["Host or domain name not found. Name service error for name=example.net type=MX", "invalid-domain"],
    ["unable to find MX record for example.net", "invalid-domain"],
    ["Unable to find mx of domain", "invalid-domain"],
    ["the domain example.net does not exist", "invalid-domain"],
    ["552 Mailbox is over quota", "mailbox-full"],
    ["452 The user's mailbox is full", "mailbox-full"],
    ["550 The account is disabled", "mailbox-disabled"],
    ["This account has been disabled or discontinued", "mailbox-disabled"],
    ["Requested action not taken: mailbox unavailable", "mailbox-unavailable"],
    ["message size exceeds fixed limit", "too-large"],
    ["554 message too large", "too-large"],
    ["550 SPF check failed", "authentication"],
    ["Unauthenticated email from example.com is not accepted due to domain's DMARC policy", "authentication"],
    ["554 Service unavailable; Client host blocked using an RBL", "reputation"],
    ["listed on our blocklist", "reputation"],
    ["low reputation of the sending IP address", "reputation"],
    ["rejected as spam", "content"],
    ["The message contains a virus", "content"],
    ["sender domain not verified", "sender-unverified"],
    ["421 Too many connections", "rate-limited"],
    ["throttled, slow down", "rate-limited"],
    ["connect to mx.example.net[203.0.113.4]:25: Connection timed out", "connection"],
    ["Connection refused", "connection"],
    ["Network is unreachable", "connection"],
    ["450 Greylisted for 300 seconds", "greylisted"],
    ["450 graylisting in action", "greylisted"],
    ["refused", undefined],
    ["554 Transaction failed", undefined],
  ])("%s: %s", (text, category) => {
    expect(categoryOfWords(text)).toBe(category);
  });

  test("words are found in linear time", () => {
    const started = performance.now();
    for (const text of [
      "domain ".repeat(20_000),
      "mailbox".repeat(20_000),
      `unable to find ${"a ".repeat(50_000)}`,
    ]) {
      categoryOfWords(text);
    }
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
