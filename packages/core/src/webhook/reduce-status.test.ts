import fc from "fast-check";
import { expect, test } from "vitest";
import type { EmailEvent } from "../contract/index.js";
import { initialStatus, reduceStatus } from "./reduce-status.js";

const base: EmailEvent = {
  id: "acme:1",
  type: "delivered",
  nativeType: "x",
  relay: "acme",
  scope: "recipient",
  relayEventId: null,
  relayMessageId: null,
  messageId: null,
  correlationId: null,
  recipient: "kim@example.net",
  recipients: ["kim@example.net"],
  recipientCertainty: "exact",
  occurredAt: "2031-03-12T05:06:07.000Z",
  suppression: { advice: "none" },
  tags: [],
  metadata: {},
  test: false,
  raw: null,
};

const eventOf = (type: string, minute = 0, more: Partial<EmailEvent> = {}): EmailEvent => ({
  ...base,
  id: `acme:${type}-${minute}`,
  type,
  occurredAt: `2031-03-12T05:${String(minute).padStart(2, "0")}:00.000Z`,
  ...more,
});
const reduce = (...events: EmailEvent[]) => events.reduce(reduceStatus, initialStatus);

test.each([
  [
    "a late delivered does not erase a complaint",
    [eventOf("complained", 1), eventOf("delivered", 2)],
    "complained",
  ],
  [
    "a deferral after delivery changes nothing",
    [eventOf("delivered", 1), eventOf("deferred", 2)],
    "delivered",
  ],
  ["a bounce after delivery counts", [eventOf("delivered", 1), eventOf("bounced", 2)], "bounced"],
  [
    "a bounce with an earlier stamp counts as well",
    [eventOf("delivered", 2), eventOf("bounced", 1)],
    "bounced",
  ],
  ["an open moves no delivery", [eventOf("accepted", 1), eventOf("opened", 2)], "accepted"],
  ["an auto-reply moves nothing", [eventOf("delivered", 1), eventOf("autoreplied", 2)], "delivered"],
  ["an unknown type moves nothing", [eventOf("delivered", 1), eventOf("teleported", 2)], "delivered"],
])("%s", (_name, events, type) => {
  expect(reduce(...events).delivery?.type).toBe(type);
});

test("of two deferrals the later is told, and one with a readable time before one without", () => {
  expect(reduce(eventOf("deferred", 5), eventOf("deferred", 2)).delivery?.eventId).toBe("acme:deferred-5");
  const unreadable = eventOf("deferred", 9, { occurredAt: null });
  expect(reduce(eventOf("deferred", 5), unreadable).delivery?.eventId).toBe("acme:deferred-5");
});

test("opens tell whether a person was among them", () => {
  const opened = (minute: number, machine: boolean | null) =>
    eventOf("opened", minute, { engagement: { machine } });
  expect(reduce(opened(3, true)).opened?.byPerson).toBe(false);
  expect(reduce(opened(3, true), opened(4, null)).opened?.byPerson).toBeNull();
  expect(reduce(opened(3, true), opened(4, null), opened(1, false)).opened).toEqual({
    firstAt: "2031-03-12T05:01:00.000Z",
    lastAt: "2031-03-12T05:04:00.000Z",
    byPerson: true,
  });
});

test("leaving one group does not leave all", () => {
  const group = eventOf("unsubscribed", 1, { subscription: { scope: "group", id: "4711" } });
  const back = eventOf("resubscribed", 2, { subscription: { scope: "group", id: "4711" } });
  const { subscriptions } = reduce(group, back, eventOf("unsubscribed", 3));
  expect(Object.keys(subscriptions)).toEqual(["global", "group:4711"]);
  expect(subscriptions["group:4711"]?.type).toBe("resubscribed");
});

const types = [
  ..."accepted deferred delivered bounced rejected failed opened clicked complained".split(" "),
  ..."unsubscribed resubscribed suppressed unsuppressed autoreplied other new-one".split(" "),
];
const arbitraryEvent: fc.Arbitrary<EmailEvent> = fc.record({
  ...Object.fromEntries(Object.entries(base).map(([key, value]) => [key, fc.constant(value)])),
  type: fc.constantFrom(...types),
  id: fc.constantFrom("acme:1", "acme:2", "acme:3"),
  occurredAt: fc.option(fc.constantFrom("2031-03-12T05:06:07.000Z", "2031-03-12T05:06:08.000Z")),
  engagement: fc.record({ machine: fc.constantFrom(true, false, null) }),
  subscription: fc.constantFrom<EmailEvent["subscription"][]>(
    { scope: "global" },
    { scope: "group", id: "1" },
    { scope: "stream", id: "1" },
  ),
}) as unknown as fc.Arbitrary<EmailEvent>;

test("the same events, in any order and however often, give the same status", () => {
  const shuffled = fc
    .array(arbitraryEvent, { maxLength: 12 })
    .chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc.shuffledSubarray(events, { minLength: events.length }),
        fc.subarray(events),
      ),
    );
  fc.assert(
    fc.property(shuffled, ([events, inAnotherOrder, again]) => {
      const status = JSON.stringify(reduce(...events));
      expect(JSON.stringify(reduce(...inAnotherOrder, ...again))).toBe(status);
      expect(JSON.stringify(reduce(...again, ...inAnotherOrder))).toBe(status);
    }),
    { numRuns: 2_000 },
  );
});
