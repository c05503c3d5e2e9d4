import { parseItems } from "@getfluxly/email-core/webhook";
import { expect, test } from "vitest";
import { readItem } from "./read-item.js";

const delivered = {
  event: "delivered",
  email: "kim@example.net",
  "message-id": "<m-1@example.com>",
  ts_event: 1931058367,
};

const parse = async (...items: readonly object[]) => (await parseItems("brevo", items, readItem)).events;

test.each([
  [{ tags: [], tag: "invoice" }, ["invoice"]],
  [{ tags: ["a", "b"], tag: "c" }, ["a", "b"]],
  [{ tags: "invoice" }, ["invoice"]],
  [{ tag: "" }, []],
])("tags of %j", async (item, tags) => {
  expect(await parse({ ...delivered, ...item })).toMatchObject([{ tags }]);
});

test.each([0, "", null, "soon", -1])("ts_epoch %j is no time: the other field counts", async (ts_epoch) => {
  expect(await parse({ ...delivered, ts_epoch })).toMatchObject([{ occurredAt: "2031-03-12T05:06:07.000Z" }]);
});

test("events that differ in the account's own time alone are two events", async () => {
  const updated = { event: "contact_updated", email: "kim@example.net", id: 1, ts: 1931058367 };
  const [first, second, again] = await parse(updated, { ...updated, ts: 1931058368 }, updated);
  expect(first?.occurredAt).toBeNull();
  expect(second?.id).not.toBe(first?.id);
  expect(again?.id).toBe(first?.id);
});

test.each([
  ["blocked : due to blacklist user", "suppressed", "suppress"],
  ["blocked : due to unsubscribed user", "unsubscribed", "unsubscribe"],
  ["blocked : due to spam complaint", "previous-complaint", "suppress"],
  ["blocked : due to hard bounce", "previous-bounce", "suppress"],
  [undefined, "suppressed", "suppress"],
])("blocked because of %j", async (text, reason, advice) => {
  expect(await parse({ ...delivered, event: "blocked", reason: text })).toMatchObject([
    { type: "rejected", reject: { reason }, suppression: { advice } },
  ]);
});

test("clicks in a campaign differ by its link, and by the campaign", async () => {
  const click = { event: "click", email: "kim@example.net", camp_id: 5, ts_event: 1931058367 };
  const events = await parse(
    { ...click, URL: "https://example.com/a" },
    { ...click, URL: "https://example.com/b" },
    { ...click, URL: "https://example.com/b", camp_id: 6 },
  );
  expect(events.map(({ engagement }) => engagement?.url?.at(-1))).toEqual(["a", "b", "b"]);
  expect(new Set(events.map(({ id }) => id)).size).toBe(3);
});

test("a text that no JSON can be made of is kept as it is, and loses no neighbour", async () => {
  const custom = ["{", "[1]", "null", "order=A-17", '{"a":'].map((text) => ({
    ...delivered,
    "X-Mailin-custom": text,
  }));
  const events = await parse(...custom, { ...delivered, "X-Mailin-custom": { order: "A-17" } });
  expect(events.map(({ metadata }) => ({ ...metadata }))).toEqual([
    ...["{", "[1]", "null", "order=A-17", '{"a":'].map((text) => ({ "X-Mailin-custom": text })),
    { order: "A-17" },
  ]);
});
