import { describe, expect, test } from "vitest";
import type { EventDraft } from "./event-draft.js";
import { toEvent } from "./to-event.js";
import { toMetadata } from "./to-metadata.js";

const draft: EventDraft = { type: "delivered", nativeType: "arrived", id: "e-1" };
const ulid = "01JPA5M6T7X8Y9Z0ABCDEFGHJK";

describe("toEvent", () => {
  test("fills in what a relay does not say, and nothing else", async () => {
    const event = await toEvent("acme", draft, { secret: "canary" });
    expect(event).toEqual({
      id: "acme:e-1",
      type: "delivered",
      nativeType: "arrived",
      relay: "acme",
      scope: "recipient",
      relayEventId: null,
      relayMessageId: null,
      messageId: null,
      correlationId: null,
      recipient: null,
      recipients: [],
      recipientCertainty: "none",
      occurredAt: null,
      suppression: { advice: "none" },
      tags: [],
      metadata: {},
      test: false,
    });
    expect(event.raw).toEqual({ secret: "canary" });
    expect(JSON.stringify([event, { ...event }])).not.toContain("canary");
    expect(Object.getPrototypeOf(event.metadata)).toBeNull();
  });

  test.each([
    [[], null, "none", []],
    [["a@x.example"], "a@x.example", "exact", ["a@x.example"]],
    [["a@x.example", "a@x.example"], "a@x.example", "exact", ["a@x.example"]],
    [["a@x.example", "b@x.example"], null, "one-of", ["a@x.example", "b@x.example"]],
  ])("of the recipients %j", async (given, recipient, recipientCertainty, recipients) => {
    const event = await toEvent("acme", { ...draft, recipients: given }, null);
    expect(event).toMatchObject({ recipient, recipientCertainty, recipients });
  });

  test("an id out of fields is the same for the same fields, and another for others", async () => {
    const idOf = async (...id: EventDraft["id"][]) =>
      Promise.all(id.map(async (it) => (await toEvent("acme", { ...draft, id: it }, null)).id));
    const [first, again, ...others] = await idOf(
      ["a", 1],
      ["a", 1],
      ["a", "1"],
      ["a1"],
      ["a", 1, null],
      ["1", "a"],
    );
    expect(first).toMatch(/^acme:[\da-f]{64}$/);
    expect(again).toBe(first);
    expect(new Set([first, ...others]).size).toBe(5);
  });

  test.each([
    [
      "metadata gf_id",
      { metadata: toMetadata({ gf_id: "A" }), correlationId: "B", messageId: `${ulid}@x.example` },
      "A",
    ],
    ["what the adapter found", { correlationId: "B", messageId: `${ulid}@x.example` }, "B"],
    ["the ULID in our Message-ID", { messageId: ` <${ulid}@x.example> ` }, ulid],
    ["no other Message-ID", { messageId: "<abc@x.example>" }, null],
  ])("is correlated by %s", async (_name, part, correlationId) => {
    expect(await toEvent("acme", { ...draft, ...part }, null)).toMatchObject({ correlationId });
  });

  test("a deferral is temporary, unless the adapter lets the reply decide", async () => {
    const smtp = { code: 550, status: "5.1.1", text: null };
    const event = await toEvent("acme", { ...draft, type: "deferred", smtp }, null);
    expect(event.bounce).toMatchObject({
      severity: "temporary",
      inferred: { severity: "relay", category: "status" },
    });
    expect(event.suppression.advice).toBe("none");
    const open = await toEvent(
      "acme",
      { ...draft, type: "deferred", smtp, evidence: { severity: undefined } },
      null,
    );
    expect(open.bounce).toMatchObject({ inferred: { severity: "status" } });
  });

  test.each<[string, Partial<EventDraft>, string]>([
    ["a hard bounce of unknown kind", { type: "bounced", evidence: { severity: "permanent" } }, "suppress"],
    [
      "a dead mailbox",
      { type: "bounced", evidence: { severity: "permanent", category: "invalid-recipient" } },
      "suppress",
    ],
    [
      "a full mailbox",
      { type: "bounced", evidence: { severity: "permanent", category: "mailbox-full" } },
      "count",
    ],
    ["a loop", { type: "bounced", evidence: { severity: "permanent", category: "loop" } }, "count"],
    ["DMARC", { type: "bounced", evidence: { severity: "permanent", category: "authentication" } }, "none"],
    ["a size limit", { type: "bounced", evidence: { severity: "permanent", category: "too-large" } }, "none"],
    [
      "a soft bounce",
      { type: "bounced", evidence: { severity: "temporary", category: "mailbox-full" } },
      "count",
    ],
    [
      "a soft bounce of a sender's fault",
      { type: "bounced", evidence: { severity: "temporary", category: "policy" } },
      "none",
    ],
    ["a bounce of which nothing is known", { type: "bounced" }, "count"],
    ["a complaint", { type: "complained" }, "suppress"],
    ["an entry of the relay's list", { type: "suppressed" }, "suppress"],
    ["an opt-out", { type: "unsubscribed" }, "unsubscribe"],
    ["an opt-in", { type: "resubscribed" }, "lift"],
    ["a removal from the list", { type: "unsuppressed" }, "lift"],
    [
      "a rejection for an earlier bounce",
      { type: "rejected", reject: { reason: "previous-bounce" } },
      "suppress",
    ],
    ["a rejection for an opt-out", { type: "rejected", reject: { reason: "unsubscribed" } }, "unsubscribe"],
    ["a rejection for content", { type: "rejected", reject: { reason: "content" } }, "none"],
    ["an auto-reply", { type: "autoreplied" }, "none"],
    ["an open", { type: "opened", engagement: { machine: null } }, "none"],
  ])("advice on %s", async (_name, part, advice) => {
    expect(await toEvent("acme", { ...draft, ...part }, null)).toMatchObject({ suppression: { advice } });
  });
});

describe("toMetadata", () => {
  test("makes texts, and no prototype of what a sender calls __proto__", () => {
    const given = JSON.parse(
      '{"a":1,"b":true,"c":{"d":[1]},"e":null,"__proto__":{"x":1},"constructor":"y","kept":"z"}',
    );
    const metadata = toMetadata(given, new Set(["kept"]));
    expect({ ...metadata }).toEqual({ a: "1", b: "true", c: '{"d":[1]}', constructor: "y" });
    expect(Object.getPrototypeOf(metadata)).toBeNull();
    expect(Object.hasOwn(metadata, "__proto__")).toBe(false);
    expect(Object.prototype).not.toHaveProperty("x");
  });
  test.each([null, undefined, "a sentence", ["a"], 1])("of %j is empty", (value) => {
    expect({ ...toMetadata(value) }).toEqual({});
  });
});
