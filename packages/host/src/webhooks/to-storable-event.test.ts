import type { EmailEvent } from "@getfluxly/email-core";
import { smtpWebhook } from "@getfluxly/email-custom-smtp/webhook";
import { expect, test } from "vitest";
import { toStorableEvent } from "./to-storable-event.js";

async function toEvent(item: object): Promise<EmailEvent> {
  const body = new TextEncoder().encode(
    JSON.stringify({ type: "delivered", recipient: "a@b.example", ...item }),
  );
  const { events } = await smtpWebhook.parse({
    method: "POST",
    url: "https://x.example/",
    headers: [],
    body,
  });
  if (!events[0]) throw new Error("no event");
  return events[0];
}

test("leaves a usual event as it is", async () => {
  const event = await toEvent({
    event_id: "e-1",
    tags: ["\\u0000", "\\", "é😀"],
    metadata: { a: "\\\\ud800" },
  });
  expect(toStorableEvent(event)).toEqual({ ...event, metadata: { ...event.metadata } });
});

test("replaces what no text of a database may hold, in names too", async () => {
  const event = await toEvent({ event_id: "e\0", tags: ["\ud800x", "\\\0"], metadata: { "k\0": "\udfff" } });
  expect(toStorableEvent(event)).toMatchObject({
    ...{ id: "smtp:e\ufffd", tags: ["\ufffdx", "\\\ufffd"] },
    metadata: { "k\ufffd": "\ufffd" },
  });
});

test("shortens an id so that two stay two, and has no address that is none", async () => {
  const [first, second] = await Promise.all(
    ["1", "2"].map(async (end) => toStorableEvent(await toEvent({ event_id: "x".repeat(5000) + end }))),
  );
  expect(first?.id).toMatch(/^smtp:[\da-f]{64}$/);
  expect(first?.id).not.toBe(second?.id);
  const long = await toEvent({ recipient: `${"x".repeat(400)}@b.example` });
  expect(toStorableEvent(long)).toMatchObject({ recipient: null, recipients: [] });
});
