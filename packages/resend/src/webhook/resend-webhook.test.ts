import { createHmac } from "node:crypto";
import { createMemoryReplayStore, receiveWebhook } from "@getfluxly/email-core/webhook";
import { describe, expect, test } from "vitest";
import { resendWebhook } from "./resend-webhook.js";

const secret = `whsec_${Buffer.alloc(24, 3).toString("base64")}`;
const older = `whsec_${Buffer.alloc(24, 4).toString("base64")}`;
const seconds = 1_931_058_367;

const toBody = (type: string, data: object = {}) =>
  JSON.stringify({
    type,
    created_at: "2031-03-12T16:06:07.126Z",
    data: {
      created_at: "2031-03-12T16:06:00.000Z",
      email_id: "0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9",
      message_id: "<01JPA5M6T7X8Y9Z0ABCDEFGHJK@mail.example.com>",
      from: "Example <billing@example.com>",
      to: ["kim@example.net"],
      subject: "Your invoice",
      ...data,
    },
  });

interface Post {
  readonly body?: string;
  readonly signedBody?: string;
  readonly key?: string;
  readonly id?: string;
  readonly time?: number;
  readonly prefix?: string;
  readonly more?: [string, string][];
}

function toRequest(post: Post = {}) {
  const { body = toBody("email.bounced"), id = "msg_1", time = seconds, prefix = "svix", more = [] } = post;
  const digest = createHmac("sha256", Buffer.from((post.key ?? secret).slice(6), "base64"))
    .update(`${id}.${time}.${post.signedBody ?? body}`)
    .digest("base64");
  const headers: [string, string][] = [
    [`${prefix}-id`, id],
    [`${prefix}-timestamp`, String(time)],
    [`${prefix}-signature`, `v1,${digest}`],
    ...more,
  ];
  return { method: "POST", url: "https://example.com/webhooks/resend/demo", headers, body };
}

const receive = (post?: Post, config = {}) =>
  receiveWebhook({
    adapter: resendWebhook,
    request: toRequest(post),
    config: { signing_secrets: [secret], ...config },
    now: new Date(seconds * 1000),
    replayStore: null,
  });

async function readEvents(type: string, data?: object) {
  const reception = await receive({ body: toBody(type, data) });
  if (reception.outcome !== "received") throw new Error(reception.outcome);
  const { events, failures } = await reception.parse();
  expect(failures).toEqual([]);
  return events;
}

describe("authenticity", () => {
  test("a signed request is received, and its event leads to our message", async () => {
    const reception = await receive();
    expect(reception).toMatchObject({
      outcome: "received",
      status: 200,
      authenticity: { proof: "signature", replayKey: "resend:msg_1" },
    });
    expect(await readEvents("email.bounced")).toMatchObject([
      { id: "resend:msg_1", correlationId: "01JPA5M6T7X8Y9Z0ABCDEFGHJK", recipient: "kim@example.net" },
    ]);
  });

  test("both live secrets count while one is replaced, and the old one no longer afterwards", async () => {
    const both = { signing_secrets: [secret, older] };
    expect(await receive({ key: older }, both)).toMatchObject({ outcome: "received" });
    expect(await receive({ key: older })).toMatchObject({ outcome: "refused", status: 401 });
  });

  test("another body, a late request and a request without proof are refused", async () => {
    const other = { signedBody: toBody("email.delivered") };
    expect(await receive(other)).toMatchObject({ outcome: "refused", error: { reason: "mismatch" } });
    expect(await receive({ time: seconds - 301 })).toMatchObject({ error: { reason: "stale" } });
    expect(await receive({ time: seconds - 301 }, { tolerance_seconds: 400 })).toMatchObject({
      outcome: "received",
    });
    expect(await receive({ prefix: "x" })).toMatchObject({ error: { reason: "missing" } });
  });

  test("a second request with the id is a replay", async () => {
    const options = {
      adapter: resendWebhook,
      config: { signing_secrets: [secret] },
      replayStore: createMemoryReplayStore(),
    };
    const outcomes = [];
    for (const late of [0, 5]) {
      const request = toRequest({ time: seconds + late });
      const now = new Date((seconds + late) * 1000);
      outcomes.push((await receiveWebhook({ ...options, request, now })).outcome);
    }
    expect(outcomes).toEqual(["received", "replayed"]);
  });

  test("an id that was added beside the signed headers is not the event's", async () => {
    const request = toRequest({ prefix: "webhook", more: [["svix-id", "msg_2"]] });
    const headers = request.headers.map((pair) => pair as readonly [string, string]);
    const body = new TextEncoder().encode(request.body);
    const { events } = await resendWebhook.parse({ ...request, headers, body });
    expect(events[0]?.id).toBe("resend:msg_1");
  });
});

describe("bounces", () => {
  test.each([
    ["Permanent", "General", "permanent", "unknown", "suppress"],
    ["Permanent", "NoEmail", "permanent", "invalid-recipient", "suppress"],
    ["Permanent", "Future", "permanent", "unknown", "suppress"],
    ["Transient", "General", "temporary", "unknown", "count"],
    ["Transient", "MailboxFull", "temporary", "mailbox-full", "count"],
    ["Transient", "MessageTooLarge", "temporary", "too-large", "none"],
    ["Transient", "ContentRejected", "temporary", "content", "none"],
    ["Transient", "AttachmentRejected", "temporary", "content", "none"],
    ["Transient", "CustomTimeoutExceeded", "temporary", "expired", "count"],
    ["Undetermined", "Undetermined", "unknown", "unknown", "count"],
    ["constructor", "__proto__", "unknown", "unknown", "count"],
  ])("%s %s is %s, %s", async (type, subType, severity, category, advice) => {
    const [event] = await readEvents("email.bounced", { bounce: { message: "Help text.", type, subType } });
    expect(event).toMatchObject({
      type: "bounced",
      nativeType: `email.bounced/${type}/${subType}`,
      bounce: { severity, category },
      suppression: { advice },
    });
    expect(event?.smtp).toBeUndefined();
  });

  test.each([
    ["Suppressed", "suppressed", "suppress"],
    ["OnAccountSuppressionList", "suppressed", "suppress"],
    ["UnsubscribedRecipient", "unsubscribed", "unsubscribe"],
  ])("%s was never tried", async (subType, reason, advice) => {
    const [event] = await readEvents("email.bounced", {
      bounce: { message: "No.", type: "Permanent", subType },
    });
    expect(event).toMatchObject({
      type: "rejected",
      reject: { reason, text: "No." },
      suppression: { advice },
    });
    expect(event?.bounce).toBeUndefined();
  });

  test("no such domain is permanent, although it is called transient", async () => {
    const bounce = {
      type: "Transient",
      subType: "General",
      diagnosticCode: ["smtp; 550 5.4.4 no such domain"],
    };
    expect(await readEvents("email.bounced", { bounce })).toMatchObject([
      { bounce: { severity: "permanent", category: "invalid-domain", inferred: { severity: "status" } } },
    ]);
  });

  test("the reply is the first text that is one", async () => {
    const bounce = {
      type: "Permanent",
      diagnosticCode: ["see below", "smtp; 550 5.2.1 disabled"],
      message: "",
    };
    expect(await readEvents("email.bounced", { bounce })).toMatchObject([
      { smtp: { code: 550, status: "5.2.1" }, bounce: { category: "mailbox-disabled" } },
    ]);
  });
});

describe("other events", () => {
  test.each([
    "contact.created",
    "contact.updated",
    "contact.deleted",
    "domain.created",
    "domain.updated",
    "domain.deleted",
    "constructor",
  ])("%s is about the account", async (type) => {
    expect(
      await readEvents(type, { id: "c-1", email: "kim@example.net", unsubscribed: false }),
    ).toMatchObject([
      { type: "other", nativeType: type, scope: "account", recipients: [], relayMessageId: null },
    ]);
  });

  test("a new kind of e-mail event is kept with its message and recipient", async () => {
    expect(await readEvents("email.teleported")).toMatchObject([
      {
        type: "other",
        nativeType: "email.teleported",
        scope: "recipient",
        recipient: "kim@example.net",
        relayMessageId: "0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9",
      },
    ]);
  });

  test("a failure tells its reason in the native type", async () => {
    expect(await readEvents("email.failed", { failed: { reason: "reached_daily_quota" } })).toMatchObject([
      { type: "failed", nativeType: "email.failed/reached_daily_quota" },
    ]);
    expect(await readEvents("email.failed")).toMatchObject([{ nativeType: "email.failed" }]);
  });

  test("a list change of an unknown origin is one all the same", async () => {
    expect(await readEvents("suppression.added", { email: "kim@example.net", origin: "api" })).toMatchObject([
      { type: "suppressed", reject: { reason: "suppressed" }, suppression: { advice: "suppress" } },
    ]);
  });

  test("gf_id among the tags leads to the message, and comes before the Message-ID", async () => {
    const tags = [{ name: "gf_id", value: "01JPA5M6T7X8Y9Z0ABCDEFGHJM" }, { value: "no name" }];
    expect(await readEvents("email.delivered", { tags })).toMatchObject([
      { correlationId: "01JPA5M6T7X8Y9Z0ABCDEFGHJM" },
    ]);
  });

  test("what is not an object is a failure, a list too", async () => {
    for (const [body, code] of [
      ["not json", "not-json"],
      ["[]", "not-an-object"],
      ["7", "not-an-object"],
      ['{"type":""}', "missing-type"],
    ]) {
      const reception = await receive({ body: body ?? "" });
      if (reception.outcome !== "received") throw new Error(reception.outcome);
      expect(await reception.parse()).toMatchObject({ events: [], failures: [{ index: 0, code }] });
    }
  });
});
