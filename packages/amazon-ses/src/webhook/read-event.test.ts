import type { WebhookContent } from "@getfluxly/email-core";
import { describe, expect, test } from "vitest";
import { notification } from "./__fixtures__/sign-sns-message.js";
import { topicArn } from "./__fixtures__/sns-addresses.js";
import { amazonSesWebhook } from "./amazon-ses-webhook.js";

const mail = {
  timestamp: "2031-03-12T16:06:05.000Z",
  source: "billing@example.com",
  messageId: "0102018f3a4b5c6d-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-000000",
  destination: ["kim@example.net"],
  headersTruncated: false,
  headers: [
    { name: "Subject", value: "Your invoice" },
    { name: "message-id", value: "<01JPA5M6T7X8Y9Z0ABCDEFGHJK@mail.example.com>" },
  ],
  tags: { "ses:configuration-set": ["main"], gf_id: ["01JPA5M6T7X8Y9Z0ABCDEFGHJK"], order: ["A-17"] },
};
const timestamp = "2031-03-12T16:06:07.891Z";

function parse(
  body: unknown,
  limits?: Parameters<typeof amazonSesWebhook.parse>[1],
): Promise<WebhookContent> {
  const octets = new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body));
  return amazonSesWebhook.parse({ method: "POST", url: "/", headers: [], body: octets }, limits);
}

const wrap = (message: unknown) => ({ ...notification, Message: JSON.stringify(message) });

async function read(eventType: string, told: Readonly<Record<string, unknown>>, mailPart: object = {}) {
  const { events, failures } = await parse(wrap({ eventType, mail: { ...mail, ...mailPart }, ...told }));
  expect(failures).toEqual([]);
  return events;
}

const two = { destination: ["kim@example.net", "lee@example.net"] };

describe("every event", () => {
  test("leads to our message by gf_id, by SES's id and by our Message-ID", async () => {
    expect(await read("Send", { send: {} })).toMatchObject([
      {
        type: "accepted",
        relay: "ses",
        correlationId: "01JPA5M6T7X8Y9Z0ABCDEFGHJK",
        relayMessageId: mail.messageId,
        messageId: "01JPA5M6T7X8Y9Z0ABCDEFGHJK@mail.example.com",
        relayEventId: notification.MessageId,
        metadata: { order: "A-17" },
        tags: [],
      },
    ]);
  });

  test.each([
    ["Send", { send: {} }, "accepted"],
    ["Reject", { reject: { reason: "Bad content" } }, "rejected"],
    ["Rendering Failure", { failure: { templateName: "a", errorMessage: "b" } }, "failed"],
    ["RenderingFailure", { failure: { templateName: "a", errorMessage: "b" } }, "failed"],
    ["Delivery", { delivery: { timestamp, recipients: two.destination } }, "delivered"],
    [
      "DeliveryDelay",
      {
        deliveryDelay: {
          delayType: "General",
          delayedRecipients: two.destination.map((it) => ({ emailAddress: it })),
        },
      },
      "deferred",
    ],
  ])("%s of two recipients is an event for each, with an id of its own", async (eventType, told, type) => {
    const events = await read(eventType, told, two);
    expect(events).toMatchObject([
      { type, recipient: "kim@example.net", recipientCertainty: "exact" },
      { type, recipient: "lee@example.net", recipientCertainty: "exact" },
    ]);
    expect(events[0]?.id).not.toBe(events[1]?.id);
  });

  test.each([
    ["Delivery", { delivery: { timestamp } }, "delivered"],
    ["DeliveryDelay", { deliveryDelay: { timestamp } }, "deferred"],
    ["Bounce", { bounce: { bounceType: "Permanent", timestamp } }, "bounced"],
    ["Complaint", { complaint: { timestamp } }, "complained"],
    ["Open", { open: { timestamp } }, "opened"],
    ["Click", { click: { timestamp } }, "clicked"],
    ["Teleported", {}, "other"],
  ])("%s without names is about one of those that the mail went to", async (eventType, told, type) => {
    expect(await read(eventType, told, two)).toMatchObject([
      { type, recipient: null, recipientCertainty: "one-of", recipients: two.destination },
    ]);
  });

  test("finds our Message-ID where the headers are left out, and takes none of SES for it", async () => {
    const ours = "<01JPA5M6T7X8Y9Z0ABCDEFGHJK@mail.example.com>";
    for (const [commonId, messageId] of [
      [ours, ours.slice(1, -1)],
      [mail.messageId, null],
      [undefined, null],
    ]) {
      const [event] = await read("Send", {}, { headers: [], commonHeaders: { messageId: commonId } });
      expect(event?.messageId).toBe(messageId);
    }
  });

  test("that only says that the topic is set up is about the account", async () => {
    const message =
      "You have successfully subscribed your Amazon SNS topic to receive 'Bounce' notifications.";
    const { events } = await parse(wrap({ notificationType: "AmazonSnsSubscriptionSucceeded", message }));
    expect(events).toMatchObject([
      { type: "other", nativeType: "AmazonSnsSubscriptionSucceeded", scope: "account", recipients: [] },
    ]);
  });

  test("a name twice is one event", async () => {
    const recipients = ["kim@example.net", "Kim <kim@example.net>"];
    expect(await read("Delivery", { delivery: { recipients } })).toHaveLength(1);
  });

  test("of the names that objects are born with is another event, and its words are kept", async () => {
    for (const word of ["constructor", "__proto__", "toString", "Teleported"]) {
      expect(await read(word, {})).toMatchObject([{ type: "other", nativeType: word }]);
    }
  });

  test("keeps what it has when everything has another shape", async () => {
    for (const odd of [null, 7, "x", [], [null], { emailAddress: 7 }]) {
      const told = { bounceType: odd, bounceSubType: odd, bouncedRecipients: odd, timestamp: odd };
      const event = {
        eventType: "Bounce",
        bounce: told,
        mail: { tags: odd, headers: odd, destination: odd },
      };
      expect(await parse(wrap(event))).toMatchObject({ events: [{ type: "bounced" }], failures: [] });
      for (const [word, member] of [
        ["Subscription", "subscription"],
        ["Complaint", "complaint"],
        ["Click", "click"],
        ["Delivery", "delivery"],
      ]) {
        const { events } = await parse(wrap({ eventType: word, [member ?? ""]: odd, mail: odd }));
        expect(events).toHaveLength(1);
      }
    }
  });
});

describe("bounces", () => {
  const bouncedRecipients = [{ emailAddress: "kim@example.net", action: "failed" }];
  test.each([
    ["Undetermined", "Undetermined", "unknown", "unknown", "count"],
    ["Permanent", "General", "permanent", "unknown", "suppress"],
    ["Permanent", "NoEmail", "permanent", "invalid-recipient", "suppress"],
    ["Permanent", "Future", "permanent", "unknown", "suppress"],
    ["Transient", "General", "temporary", "unknown", "count"],
    ["Transient", "MailboxFull", "temporary", "mailbox-full", "count"],
    ["Transient", "MessageTooLarge", "temporary", "too-large", "none"],
    ["Transient", "ContentRejected", "temporary", "content", "none"],
    ["Transient", "AttachmentRejected", "temporary", "content", "none"],
    ["Transient", "CustomTimeoutExceeded", "temporary", "expired", "count"],
    ["Future", "Future", "unknown", "unknown", "count"],
    ["constructor", "toString", "unknown", "unknown", "count"],
  ])("%s %s is %s, %s", async (bounceType, bounceSubType, severity, category, advice) => {
    const bounce = { bounceType, bounceSubType, bouncedRecipients, timestamp, feedbackId: "f-1" };
    for (const name of ["eventType", "notificationType"]) {
      const { events } = await parse(wrap({ [name]: "Bounce", mail, bounce }));
      expect(events).toMatchObject([
        {
          type: "bounced",
          nativeType: `Bounce/${bounceType}/${bounceSubType}`,
          occurredAt: timestamp,
          bounce: { severity, category },
          suppression: { advice },
        },
      ]);
    }
  });

  test.each([
    ["Suppressed", "suppressed", "suppress"],
    ["OnAccountSuppressionList", "suppressed", "suppress"],
    ["UnsubscribedRecipient", "unsubscribed", "unsubscribe"],
  ])("%s was never tried", async (bounceSubType, reason, advice) => {
    const told = [{ emailAddress: "kim@example.net", status: "5.1.1", diagnosticCode: "Not sent." }];
    const bounce = { bounceType: "Permanent", bounceSubType, bouncedRecipients: told, timestamp };
    const [event] = await read("Bounce", { bounce });
    expect(event).toMatchObject({
      type: "rejected",
      reject: { reason, text: "Not sent." },
      suppression: { advice },
    });
    expect(event?.bounce).toBeUndefined();
  });

  test("of an undetermined kind are judged by the reply", async () => {
    const told = [{ emailAddress: "kim@example.net", diagnosticCode: "smtp; 550 5.1.1 no such user" }];
    const bounce = { bounceType: "Undetermined", bounceSubType: "Undetermined", bouncedRecipients: told };
    expect(await read("Bounce", { bounce })).toMatchObject([
      { bounce: { severity: "permanent", inferred: { severity: "status", category: "status" } } },
    ]);
  });
});

describe("delays", () => {
  test.each([
    ["InternalFailure", "system"],
    ["General", "unknown"],
    ["MailboxFull", "mailbox-full"],
    ["SpamDetected", "content"],
    ["RecipientServerError", "system"],
    ["IPFailure", "reputation"],
    ["TransientCommunicationFailure", "connection"],
    ["BYOIPHostNameLookupUnavailable", "network"],
    ["Undetermined", "unknown"],
    ["SendingDeferral", "unknown"],
  ])("%s is temporary, %s, and no advice", async (delayType, category) => {
    const deliveryDelay = { delayType, delayedRecipients: [{ emailAddress: "kim@example.net" }], timestamp };
    expect(await read("DeliveryDelay", { deliveryDelay })).toMatchObject([
      {
        type: "deferred",
        nativeType: `DeliveryDelay/${delayType}`,
        bounce: { severity: "temporary", category },
        suppression: { advice: "none" },
      },
    ]);
  });
});

describe("complaints", () => {
  const complainedRecipients = [{ emailAddress: "kim@example.net" }];
  test.each([
    ["abuse", "complained", "suppress"],
    ["fraud", "complained", "suppress"],
    ["virus", "complained", "suppress"],
    ["other", "complained", "suppress"],
    ["auth-failure", "other", "none"],
    ["not-spam", "other", "none"],
  ])("%s is %s", async (complaintFeedbackType, type, advice) => {
    const complaint = { complainedRecipients, timestamp, complaintSubType: null, complaintFeedbackType };
    expect(await read("Complaint", { complaint })).toMatchObject([
      { type, nativeType: `Complaint/${complaintFeedbackType}`, suppression: { advice } },
    ]);
  });
  test("without a type is a complaint all the same", async () => {
    expect(await read("Complaint", { complaint: { complainedRecipients, timestamp } })).toMatchObject([
      { type: "complained", nativeType: "Complaint", complaint: {} },
    ]);
  });
});

describe("subscriptions", () => {
  const topics = (changes: Readonly<Record<string, string>>, unsubscribeAll = false) => ({
    unsubscribeAll,
    topicSubscriptionStatus: Object.entries(changes).map(([topicName, subscriptionStatus]) => ({
      topicName,
      subscriptionStatus,
    })),
  });
  const change = (oldTopicPreferences: unknown, newTopicPreferences: unknown) =>
    read("Subscription", {
      subscription: {
        contactList: "news",
        timestamp,
        source: "UnsubscribeHeader",
        oldTopicPreferences,
        newTopicPreferences,
      },
    });

  test("of several topics are an event for each, with ids of their own", async () => {
    const events = await change(
      topics({ offers: "OptIn", tips: "OptOut", same: "OptIn", odd: "OptIn" }),
      topics({ offers: "OptOut", tips: "OptIn", same: "OptIn", odd: "Sideways" }),
    );
    expect(events).toMatchObject([
      { type: "unsubscribed", subscription: { scope: "group", id: "offers", origin: "recipient" } },
      { type: "resubscribed", subscription: { scope: "group", id: "tips" } },
    ]);
    expect(events).toHaveLength(2);
    expect(new Set(events.map(({ id }) => id)).size).toBe(2);
  });
  test("to everything and back", async () => {
    const everything = { scope: "global", id: "news" };
    expect(await change(null, topics({ offers: "OptIn" }, true))).toMatchObject([
      { type: "unsubscribed", subscription: everything, suppression: { advice: "unsubscribe" } },
    ]);
    expect(await change(topics({ offers: "OptOut" }, true), topics({ offers: "OptOut" }))).toMatchObject([
      { type: "resubscribed", subscription: everything, suppression: { advice: "lift" } },
    ]);
    expect(await change(topics({}, true), topics({}, true))).toMatchObject([{ type: "other" }]);
  });
});

describe("message tags", () => {
  test("are our tags and metadata again", async () => {
    const tags = {
      "ses:from-domain": ["example.com"],
      gf_tag_2: ["b"],
      gf_tag_10: ["j"],
      gf_tag_1: ["a"],
      city: ["gf64_WsO8cmljaA"],
      marked: ["gf64_Z2Y2NF8"],
      foreign: ["gf64_!"],
      binary: ["gf64__w"],
      list: ["x", "y"],
      none: [],
    };
    const [event] = await read("Send", {}, { tags });
    expect(event?.tags).toEqual(["a", "b", "j"]);
    expect({ ...event?.metadata }).toEqual({
      city: "Zürich",
      marked: "gf64_",
      foreign: "gf64_!",
      binary: "gf64__w",
      list: '["x","y"]',
    });
  });
});

describe("ids", () => {
  test("of raw delivery are made of what tells events apart", async () => {
    const click = (link: string, at = timestamp) => ({
      eventType: "Click",
      mail,
      click: { link, timestamp: at },
    });
    const bodies = [
      click("https://example.com/a"),
      click("https://example.com/b"),
      click("https://example.com/a", "2031-03-12T16:06:08.891Z"),
      { eventType: "Open", mail, open: { timestamp } },
      { eventType: "Open", mail: { ...mail, destination: ["lee@example.net"] }, open: { timestamp } },
    ];
    const ids = await Promise.all(bodies.map(async (body) => (await parse(body)).events.map(({ id }) => id)));
    expect(new Set(ids.flat()).size).toBe(bodies.length);
    expect((await parse(bodies[0])).events[0]?.id).toBe(ids[0]?.[0]);
  });
});

describe("what is no event", () => {
  test.each([
    ["a list", "[]", "not-an-object"],
    ["a number", "7", "not-an-object"],
    ["no type", "{}", "missing-type"],
    ["no text", "", "not-json"],
    ["an alarm of another service", '{"AlarmName":"a"}', "missing-type"],
    ["too deep", `{"eventType":"Send","a":${"[".repeat(10_000)}${"]".repeat(10_000)}}`, "too-deep"],
  ])("%s in a message of SNS is a failure", async (_name, Message, code) => {
    expect(await parse({ ...notification, Message })).toMatchObject({
      events: [],
      failures: [{ index: 0, code }],
    });
  });

  test("more recipients than are allowed", async () => {
    const recipients = Array.from({ length: 6 }, (_, index) => `r${index}@example.net`);
    const limits = { bytes: 1e6, depth: 32, items: 5 };
    const body = wrap({ eventType: "Delivery", mail, delivery: { recipients } });
    expect(await parse(body, limits)).toMatchObject({ events: [], failures: [{ code: "too-many" }] });
  });

  test("an address to confirm that is not at SNS is not passed on", async () => {
    for (const SubscribeURL of [
      "http://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=1",
      "https://sns.eu-central-1.amazonaws.com@evil.example/?Action=ConfirmSubscription&Token=1",
      "https://sns.eu-central-1.amazonaws.com/?Action=DeleteTopic&Token=1",
      "https://sns.s3-us-west-2.amazonaws.com/?Action=ConfirmSubscription&Token=1",
      "http://169.254.169.254/",
      7,
    ]) {
      const body = { ...notification, Type: "SubscriptionConfirmation", SubscribeURL };
      expect(await parse(body)).toEqual({
        events: [],
        failures: [],
        control: { type: "subscription-confirmation", topicArn, confirmUrl: undefined },
      });
    }
  });
});
