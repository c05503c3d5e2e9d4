import { parseItems } from "@getfluxly/email-core/webhook";
import { expect, test } from "vitest";
import { readEvent } from "./read-event.js";

const delivered = {
  event: "delivered",
  rcpt: "kim@example.net",
  email_id: "1vAbCd-5EfGhIjKlMn-0pQr",
  time: "2031-03-12T16:06:07Z",
};

const parse = async (...items: readonly object[]) => (await parseItems("smtp2go", items, readEvent)).events;

test.each([
  ["as they were sent", { "X-Tags": '["a b", "c"]', "X-Metadata": '{"order": "A-17"}' }],
  ["in another case", { "x-tags": '["a b", "c"]', "x-metadata": '{"order": "A-17"}' }],
])("tags and metadata come back %s", async (_what, fields) => {
  expect(await parse({ ...delivered, ...fields })).toMatchObject([
    { tags: ["a b", "c"], metadata: { order: "A-17" } },
  ]);
});

test("such fields of somebody else are metadata like any other", async () => {
  const fields = {
    "X-Tags": "a, b",
    "X-Metadata": "[1]",
    "X-Campaign": "7",
    Subject: "Hi",
    "Message-Id": "<m@x>",
  };
  expect(await parse({ ...delivered, ...fields })).toMatchObject([
    { tags: [], metadata: { "X-Tags": "a, b", "X-Metadata": "[1]", "X-Campaign": "7" }, messageId: "m@x" },
  ]);
});

test("a hostile name becomes no prototype", async () => {
  const [event] = await parse(JSON.parse(JSON.stringify(delivered).replace("{", '{"__proto__":{"a":"1"},')));
  expect(event?.metadata).toEqual({});
  expect(event?.type).toBe("delivered");
});

test.each([
  ["hard", "permanent", "relay"],
  ["Hard", "permanent", "relay"],
  ["soft", "temporary", "relay"],
  ["rubber", "permanent", "status"],
])("a bounce that is %s", async (bounce, severity, source) => {
  const events = await parse({ ...delivered, event: "bounce", bounce, message: "550 5.1.1 unknown user" });
  expect(events).toMatchObject([{ type: "bounced", bounce: { severity, inferred: { severity: source } } }]);
});

test.each([
  ["recipient is on the suppression list", "suppressed", "suppress"],
  ["previously bounced", "suppressed", "suppress"],
  ["the recipient has unsubscribed", "unsubscribed", "unsubscribe"],
  ["From header sender domain not verified (example.com)", "policy", "none"],
  ["SMTP user is sandboxed", "other", "none"],
])("rejected: %s", async (text, reason, advice) => {
  expect(await parse({ ...delivered, event: "reject", message: text })).toMatchObject([
    { type: "rejected", reject: { reason, text }, suppression: { advice } },
  ]);
});

test("a click's link, under either name, tells it from another", async () => {
  const [first, second] = await parse(
    { ...delivered, event: "click", url: "https://example.com/a" },
    { ...delivered, event: "click", link: "https://example.com/b" },
  );
  expect(first?.engagement?.url).toBe("https://example.com/a");
  expect(second?.engagement?.url).toBe("https://example.com/b");
  expect(first?.id).not.toBe(second?.id);
});

test.each(["sms_delivered", "sms_failed", "opt-out"])("%s is of the account", async (event) => {
  expect(await parse({ event, message_id: "s-1", destination_number: "+15550100" })).toMatchObject([
    { type: "other", scope: "account", recipient: null },
  ]);
});
