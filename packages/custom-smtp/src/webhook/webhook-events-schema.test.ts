import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import cases from "./__fixtures__/cases.json" with { type: "json" };
import { smtpWebhook } from "./smtp-webhook.js";
import * as words from "./words.js";

const schema = JSON.parse(readFileSync(new URL("../../webhook-events.schema.json", import.meta.url), "utf8"));
const { properties } = schema.$defs.event;
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const validate = new Ajv2020({ allowUnionTypes: true, formats: { "date-time": dateTime } }).compile(schema);

const parse = (content: unknown) =>
  smtpWebhook.parse({
    method: "POST",
    url: "https://example.com/",
    headers: [["Content-Type", "application/json"]],
    body: new TextEncoder().encode(JSON.stringify(content)),
  });

test("has the words that are understood, and no others", () => {
  expect(properties.type.enum).toEqual(words.eventTypes);
  expect(properties.bounce.properties.severity.enum).toEqual([...words.severities, "unknown"]);
  expect(properties.bounce.properties.category.enum).toEqual([...words.bounceCategories, "unknown"]);
  expect(properties.reject.properties.reason.enum).toEqual(words.rejectReasons);
  expect(properties.subscription.properties.scope.enum).toEqual(words.subscriptionScopes);
  expect(properties.subscription.properties.origin.enum).toEqual(words.origins);
});

/** What an endpoint that refuses nothing still takes, but a sender should not send. */
const unfit = ["bounced-new-category", "partial", "time-invalid", "unknown-type", "version"].map(
  (name) => `smtp/json-${name}`,
);
const jsonCases = cases.filter(({ contentType }) => contentType === "application/json");

test.each(jsonCases)("$id", ({ id, body }) => {
  // A nested object is no value for metadata, but JSON is made of it.
  const isFit = ![...unfit, "smtp/json-metadata"].includes(id);
  expect(validate(JSON.parse(body))).toBe(isFit);
});

test.each([
  ["nothing to attach it to", { type: "opened" }],
  ["empty ids", { type: "opened", recipient: null, recipients: [], message_id: "" }],
  ["no type", { recipient: "kim@example.net" }],
  [
    "a time without a zone",
    { type: "opened", recipient: "k@example.net", occurred_at: "2031-03-12T16:06:07" },
  ],
  ["a status that is none", { type: "bounced", recipient: "k@example.net", smtp: { status: "5.1" } }],
  ["a list that is none", { events: { type: "opened", recipient: "k@example.net" } }],
])("refuses %s", (_what, content) => expect(validate(content)).toBe(false));

const oneOf = (list: readonly string[]) => fc.constantFrom(...list);
const id = fc.stringMatching(/^[\w.+-]{1,20}@[a-z]{1,10}\.example$/);
const instant = fc
  .date({ min: new Date(1e10), max: new Date(8e12), noInvalidDate: true })
  .map((date) => date.toISOString());

const anyEvent = fc.record(
  {
    type: oneOf(words.eventTypes),
    native_type: fc.string({ minLength: 1 }),
    event_id: fc.option(fc.string({ minLength: 1 })),
    occurred_at: fc.option(instant),
    recipient: id,
    message_id: fc.option(id),
    relay_message_id: fc.option(id),
    smtp: fc.record(
      {
        code: fc.option(fc.integer({ min: 200, max: 579 })),
        status: fc.option(fc.stringMatching(/^[245]\.\d{1,3}\.\d{1,3}$/)),
        text: fc.option(fc.string()),
      },
      { requiredKeys: [] },
    ),
    bounce: fc.record(
      {
        severity: oneOf([...words.severities, "unknown"]),
        category: oneOf([...words.bounceCategories, "unknown"]),
      },
      { requiredKeys: [] },
    ),
    reject: fc.record(
      { reason: oneOf(words.rejectReasons), text: fc.string() },
      { requiredKeys: ["reason"] },
    ),
    subscription: fc.record(
      { scope: oneOf(words.subscriptionScopes), origin: oneOf(words.origins) },
      { requiredKeys: ["scope"] },
    ),
    engagement: fc.record({ machine: fc.option(fc.boolean()), url: fc.webUrl() }, { requiredKeys: [] }),
    attempt: fc.nat(),
    tags: fc.array(fc.string({ minLength: 1 })),
    metadata: fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.oneof(fc.string(), fc.boolean(), fc.nat())),
    test: fc.boolean(),
  },
  { requiredKeys: ["type", "recipient"] },
);

test("what it takes is understood word for word", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyEvent, { maxLength: 4 }), async (list) => {
      expect(validate({ version: "v1", events: list })).toBe(true);
      const { events, failures } = await parse({ version: "v1", events: list });
      expect(failures).toEqual([]);
      expect(events.length).toBe(list.length);
      for (const [index, sent] of list.entries()) {
        const event = events[index];
        expect(event).toMatchObject({
          ...{ type: sent.type, recipient: sent.recipient, messageId: sent.message_id ?? null },
          ...{ nativeType: sent.native_type ?? sent.type, relayEventId: sent.event_id ?? null },
          ...{ occurredAt: sent.occurred_at ?? null, tags: sent.tags ?? [], test: sent.test ?? false },
        });
        expect(event?.attempt).toBe(sent.attempt);
        expect(Object.keys(event?.metadata ?? {})).toEqual(Object.keys(sent.metadata ?? {}));
        if (sent.smtp?.status) expect(event?.smtp?.status).toBe(sent.smtp.status);
        const { severity, category } = sent.bounce ?? {};
        if (sent.type === "bounced" && severity && severity !== "unknown")
          expect(event?.bounce).toMatchObject({ severity, inferred: { severity: "relay" } });
        // A text that says greylisted is more exact than the word.
        if (sent.type === "bounced" && category && category !== "unknown" && !sent.smtp)
          expect(event?.bounce).toMatchObject({ category, inferred: { category: "relay" } });
        if (sent.reject && (sent.type === "rejected" || sent.type === "suppressed"))
          expect(event?.reject?.reason).toBe(sent.reject.reason);
        if (sent.subscription && sent.type === "unsubscribed")
          expect(event?.subscription).toMatchObject(sent.subscription);
        if (sent.engagement && sent.type === "opened")
          expect(event?.engagement?.machine).toBe(sent.engagement.machine ?? null);
      }
    }),
  );
});
