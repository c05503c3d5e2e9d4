import { expect, test } from "vitest";
import type { EventDraft } from "./event-draft.js";
import { redactEvent } from "./redact-event.js";
import { toEvent } from "./to-event.js";

const draft: EventDraft = {
  type: "bounced",
  nativeType: "bounce",
  id: "e-1",
  recipients: ["Kim@example.net"],
  smtp: { code: 550, status: "5.1.1", text: "550 5.1.1 <kim@example.net>: unknown, from 203.0.113.7" },
  reject: { reason: "other", text: "kim@example.net asked" },
  engagement: {
    url: "https://example.com/a?b=canary#x",
    userAgent: "canary",
    ip: "203.0.113.7",
    machine: null,
  },
  complaint: { feedbackType: "abuse", userAgent: "canary" },
};

test("nothing personal is left, and the rest is", async () => {
  const event = await toEvent("acme", draft, { canary: "kim@example.net" });
  const redacted = await redactEvent(event, "pepper");
  const printed = JSON.stringify({ redacted, raw: redacted.raw });
  expect(printed).not.toMatch(/kim|canary|203\.0/i);
  expect(redacted).toMatchObject({
    id: "acme:e-1",
    bounce: event.bounce,
    smtp: { code: 550, status: "5.1.1", text: "550 5.1.1 <<address>>: unknown, from <ip>" },
    engagement: { url: "https://example.com/a", machine: null },
    complaint: { feedbackType: "abuse" },
  });
  expect(redacted.recipient).toMatch(/^hmac-sha256:[\da-f]{64}$/);
  expect(redacted.recipients).toEqual([redacted.recipient]);
});

test("the same address gives the same digest under one key only", async () => {
  const lower = await toEvent("acme", { ...draft, recipients: ["kim@example.net"] }, null);
  const upper = await toEvent("acme", draft, null);
  const [first, second] = [await redactEvent(lower, "pepper"), await redactEvent(upper, "pepper")];
  expect(first.recipient).toBe(second.recipient);
  expect((await redactEvent(lower, "salt")).recipient).not.toBe(first.recipient);
  const bare = await toEvent("acme", { type: "delivered", nativeType: "x", id: "1" }, null);
  expect(await redactEvent(bare, "pepper")).toEqual(bare);
});
