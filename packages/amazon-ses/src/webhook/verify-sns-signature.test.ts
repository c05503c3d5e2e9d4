import { generateKeyPairSync } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createMemoryReplayStore, type Reception, receiveWebhook } from "@getfluxly/email-core/webhook";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSigningCertificate } from "./__fixtures__/create-signing-certificate.js";
import { notification, type SnsFields, signedAt, signSnsMessage } from "./__fixtures__/sign-sns-message.js";
import { certificateUrl, topicArn } from "./__fixtures__/sns-addresses.js";
import { type AmazonSesWebhookConfig, amazonSesWebhook } from "./amazon-ses-webhook.js";

const own = createSigningCertificate();
const confirmation: SnsFields = {
  ...notification,
  Type: "SubscriptionConfirmation",
  Message: "You have chosen to subscribe to the topic.",
  Token: "0123456789abcdef",
  SubscribeURL: `https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=0123456789abcdef`,
};

/** Stands in for the host of SNS; `fetch` is Node's own, and only told another address. */
let server: Server;
let answer: RequestListener;
let asked: string[];
let throughServer: typeof fetch;

beforeEach(async () => {
  asked = [];
  answer = (_request, response) => response.end(own.pem);
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  throughServer = (url, init) => {
    asked.push(String(url));
    return fetch(`http://127.0.0.1:${port}${new URL(String(url)).pathname}`, init);
  };
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function receive(
  message: SnsFields | string,
  {
    headers = {},
    lateSeconds = 0,
    ...config
  }: Partial<AmazonSesWebhookConfig> & { headers?: Record<string, string>; lateSeconds?: number } = {},
): Promise<Reception> {
  return receiveWebhook({
    adapter: amazonSesWebhook,
    config: { topic_arns: [topicArn], ...config },
    request: {
      method: "POST",
      url: "https://example.com/webhooks/ses/demo",
      headers,
      body: typeof message === "string" ? message : JSON.stringify(message, null, 2),
    },
    now: new Date(signedAt.getTime() + lateSeconds * 1000),
    fetch: throughServer,
    replayStore: null,
  });
}

const signed = (fields: SnsFields) => signSnsMessage(fields, own.privateKey);

describe("authentic", () => {
  test.each<[string, SnsFields]>([
    ["SHA-256", notification],
    ["SHA-1", { ...notification, SignatureVersion: "1" }],
    ["with a subject", { ...notification, Subject: "Amazon SES Email Event Notification" }],
    ["with a subject that is null", { ...notification, Subject: null }],
    ["with line breaks in the message", { ...notification, Message: "a\nMessageId\nb\nType\n" }],
    ["not ASCII", { ...notification, Message: '{"eventType":"Send","mail":{"messageId":"Größe"}}' }],
    ["the confirmation of a subscription", confirmation],
    ["that of its end, SHA-1", { ...confirmation, Type: "UnsubscribeConfirmation", SignatureVersion: "1" }],
  ])("%s", async (_name, fields) => {
    expect(await receive(signed(fields))).toMatchObject({
      outcome: "received",
      status: 200,
      authenticity: {
        proof: "signature",
        signedAt,
        replayKey: `ses:${notification.MessageId}`,
        replayableForSeconds: 86_700,
      },
    });
    expect(asked).toEqual([certificateUrl]);
  });

  test("as function triggers spell the names", async () => {
    const { SigningCertURL, SubscribeURL, ...others } = signed(confirmation);
    const reception = await receive({
      ...others,
      SigningCertUrl: SigningCertURL,
      SubscribeUrl: SubscribeURL,
    });
    expect(reception).toMatchObject({ outcome: "received" });
    if (reception.outcome !== "received") throw new Error();
    expect(await reception.parse()).toMatchObject({ control: { confirmUrl: SubscribeURL } });
  });

  test("in China and in the government's regions", async () => {
    for (const [partition, host] of [
      ["aws-cn:sns:cn-north-1", "sns.cn-north-1.amazonaws.com.cn"],
      ["aws-us-gov:sns:us-gov-west-1", "sns.us-gov-west-1.amazonaws.com"],
    ]) {
      const topic = `arn:${partition}:111122223333:mail-events`;
      const fields = {
        ...notification,
        TopicArn: topic,
        SigningCertURL: `https://${host}/SimpleNotificationService-0.pem`,
      };
      expect(await receive(signed(fields), { topic_arns: [topicArn, topic] })).toMatchObject({
        outcome: "received",
      });
    }
  });

  test("within a day, or within what is set", async () => {
    const message = signed(notification);
    expect(await receive(message, { lateSeconds: 86_400 })).toMatchObject({ outcome: "received" });
    expect(await receive(message, { lateSeconds: 300, tolerance_seconds: 300 })).toMatchObject({
      outcome: "received",
    });
    expect(await receive(message, { lateSeconds: -300, tolerance_seconds: 300 })).toMatchObject({
      outcome: "received",
    });
  });

  test("the same message again is a replay", async () => {
    const options = {
      adapter: amazonSesWebhook,
      config: { topic_arns: [topicArn] },
      request: { method: "POST", url: "/", headers: {}, body: JSON.stringify(signed(notification)) },
      now: signedAt,
      fetch: throughServer,
      replayStore: createMemoryReplayStore({ now: () => signedAt.getTime() }),
    };
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => receiveWebhook(options)));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([
      "received",
      ...Array.from({ length: 19 }, () => "replayed"),
    ]);
  });
});

describe("refused without a download", () => {
  const other = "arn:aws:sns:eu-central-1:999988887777:mail-events";
  const text = (value: unknown) => ({ ...notification, Subject: value });
  test.each<[string, SnsFields, string]>([
    [
      "a topic of somebody else, though Amazon signed it",
      signed({ ...notification, TopicArn: other }),
      "mismatch",
    ],
    ["no topic", signed({ ...notification, TopicArn: undefined }), "missing"],
    ["no signature", notification, "missing"],
    ["an empty signature", { ...notification, Signature: "" }, "missing"],
    ["a signature that is no base64", { ...signed(notification), Signature: "NOT-A-SIGNATURE" }, "malformed"],
    ["no version", { ...signed(notification), SignatureVersion: undefined }, "missing"],
    ["an unknown version", { ...signed(notification), SignatureVersion: "3" }, "malformed"],
    ["a version of a prototype", { ...signed(notification), SignatureVersion: "constructor" }, "malformed"],
    ["no certificate", { ...signed(notification), SigningCertURL: undefined }, "missing"],
    ["no time", signed({ ...notification, Timestamp: undefined }), "missing"],
    ["a time that cannot be read", signed({ ...notification, Timestamp: "yesterday" }), "malformed"],
    ["a subject that is no text", signed(text({ a: 1 })), "malformed"],
    ["a subject of two lines", signed(text("a\nTimestamp")), "malformed"],
    ["a message that is no text", signed({ ...notification, Message: { eventType: "Send" } }), "malformed"],
  ])("%s", async (_name, message, reason) => {
    expect(await receive(message)).toMatchObject({ outcome: "refused", status: 403, error: { reason } });
    expect(asked).toEqual([]);
  });

  test.each([
    "http://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0.pem",
    "https://sns.eu-central-1.amazonaws.com.evil.example/SimpleNotificationService-0.pem",
    "https://sns.eu-central-1.amazonaws.com@evil.example/SimpleNotificationService-0.pem",
    "https://user:password@sns.eu-central-1.amazonaws.com/SimpleNotificationService-0.pem",
    "https://evil.example/sns.eu-central-1.amazonaws.com/SimpleNotificationService-0.pem",
    "https://sns.eu-central-1.amazonaws.com:8443/SimpleNotificationService-0.pem",
    "https://sns.s3.amazonaws.com/SimpleNotificationService-0.pem",
    "https://sns.s3-us-west-2.amazonaws.com/SimpleNotificationService-0.pem",
    "https://s3.eu-central-1.amazonaws.com/sns/SimpleNotificationService-0.pem",
    "https://xsns.eu-central-1.amazonaws.com/SimpleNotificationService-0.pem",
    "https://sns.eu-central-1.amazonaws.org/SimpleNotificationService-0.pem",
    "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0.txt",
    "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0.pem?a=b",
    "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0.pem#a",
    "https://sns.eu-central-1.amazonaws.com/a/../SimpleNotificationService-0.pem",
    "https://sns.eu-central-1.amazonaws.com/other.pem",
    "https://sns.eu-central-1.amazonaws.com\\@evil.example/SimpleNotificationService-0.pem",
    "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0.pem\n",
    " https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0.pem",
    "HTTPS://SNS.EU-CENTRAL-1.AMAZONAWS.COM/SimpleNotificationService-0.pem",
    "https://169.254.169.254/SimpleNotificationService-0.pem",
    "file:///etc/SimpleNotificationService-0.pem",
  ])("a certificate at %j", async (SigningCertURL) => {
    expect(await receive(signed({ ...notification, SigningCertURL }))).toMatchObject({
      outcome: "refused",
      error: { reason: "malformed" },
    });
    expect(asked).toEqual([]);
  });

  test("what is too old or too new", async () => {
    const stale = { outcome: "refused", error: { reason: "stale" } };
    const message = signed(notification);
    expect(await receive(message, { lateSeconds: 86_401 })).toMatchObject(stale);
    expect(await receive(message, { lateSeconds: -301 })).toMatchObject(stale);
    expect(await receive(message, { lateSeconds: 301, tolerance_seconds: 300 })).toMatchObject(stale);
    expect(asked).toEqual([]);
  });

  test("everything, while the settings name no topic; that is our side's fault", async () => {
    for (const topic_arns of [[], ["mail-events"], [topicArn, ""], [`${topicArn}:sub`]]) {
      expect(await receive(signed(notification), { topic_arns })).toMatchObject({
        outcome: "unavailable",
        status: 503,
        error: { reason: "misconfigured" },
      });
    }
  });
});

describe("refused after the download", () => {
  const flip = (text: unknown) => String(text).replace(/^./, (first) => (first === "A" ? "B" : "A"));
  test.each<[string, SnsFields]>([
    ["another message", { ...signed(notification), Message: '{"eventType":"Bounce"}' }],
    ["another id", { ...signed(notification), MessageId: "00000000-0000-4000-8000-000000000002" }],
    ["another time", { ...signed(notification), Timestamp: "2031-03-12T16:06:09.000Z" }],
    ["another type", { ...signed(notification), Type: "UnsubscribeConfirmation" }],
    ["a subject that was added", { ...signed(notification), Subject: "x" }],
    [
      "one bit of the signature",
      { ...signed(notification), Signature: flip(signed(notification).Signature) },
    ],
    ["a signature that is cut off", { ...signed(notification), Signature: "AAAA" }],
    ["the version of the other hash", { ...signed(notification), SignatureVersion: "1" }],
    [
      "another address to confirm",
      { ...signed(confirmation), SubscribeURL: `${confirmation.SubscribeURL}0` },
    ],
    ["another token", { ...signed(confirmation), Token: "fedcba9876543210" }],
    ["another key", signSnsMessage(notification, createSigningCertificate().privateKey)],
  ])("%s", async (_name, message) => {
    expect(await receive(message)).toMatchObject({
      outcome: "refused",
      status: 403,
      error: { reason: "mismatch" },
    });
    expect(asked).toHaveLength(1);
  });

  test.each([
    ["is not valid yet", createSigningCertificate({ notBefore: new Date("2031-04-01") })],
    ["has expired", createSigningCertificate({ notAfter: new Date("2031-03-01") })],
    ["has a short key", createSigningCertificate({ bits: 1024 })],
    [
      "has a key of another kind",
      {
        pem: createSigningCertificate({ keys: generateKeyPairSync("ec", { namedCurve: "P-256" }) }).pem,
        privateKey: own.privateKey,
      },
    ],
    ["is none", { pem: "<html></html>", privateKey: own.privateKey }],
    ["is too large", { pem: `${own.pem}${" ".repeat(20_000)}`, privateKey: own.privateKey }],
  ])("a certificate that %s", async (_name, { pem, privateKey }) => {
    answer = (_request, response) => response.end(pem);
    expect(await receive(signSnsMessage(notification, privateKey))).toMatchObject({
      outcome: "refused",
      error: { reason: "mismatch" },
    });
  });

  test("a certificate that SNS does not have", async () => {
    answer = (_request, response) => response.writeHead(404).end();
    expect(await receive(signed(notification))).toMatchObject({ outcome: "refused", status: 403 });
  });
});

describe("the download", () => {
  test("is made once for all who ask at the same time, and not again", async () => {
    const message = signed(notification);
    await Promise.all(Array.from({ length: 10 }, () => receive(message)));
    expect(await receive(message)).toMatchObject({ outcome: "received" });
    expect(asked).toHaveLength(1);
  });

  test("follows no redirect: the relay shall try again", async () => {
    let isFollowed = false;
    answer = (request, response) => {
      if (request.url === "/elsewhere") isFollowed = true;
      response.writeHead(302, { Location: "/elsewhere" }).end();
    };
    expect(await receive(signed(notification))).toMatchObject({ outcome: "unavailable", status: 503 });
    expect(isFollowed).toBe(false);
  });

  test("that failed is made again at the next message", async () => {
    answer = (_request, response) => response.writeHead(500).end();
    expect(await receive(signed(notification))).toMatchObject({ outcome: "unavailable", status: 503 });
    answer = (request) => request.socket.destroy();
    expect(await receive(signed(notification))).toMatchObject({ outcome: "unavailable", status: 503 });
    answer = (_request, response) => response.end(own.pem);
    expect(await receive(signed(notification))).toMatchObject({ outcome: "received" });
    expect(asked).toHaveLength(3);
  });

  test("ends after five seconds", async () => {
    answer = (_request, response) => void response.write("-----BEGIN");
    const before = Date.now();
    expect(await receive(signed(notification))).toMatchObject({
      outcome: "unavailable",
      error: { name: "TimeoutError" },
    });
    expect(Date.now() - before).toBeGreaterThan(4_500);
  });

  test("of addresses that do not exist neither multiplies nor displaces what is there", async () => {
    expect(await receive(signed(notification))).toMatchObject({ outcome: "received" });
    asked = [];
    const waiting: (() => void)[] = [];
    answer = (_request, response) => void waiting.push(() => response.writeHead(404).end());
    const forged = Array.from({ length: 20 }, (_, index) =>
      receive({
        ...signed(notification),
        SigningCertURL: `https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-f${index.toString(16)}.pem`,
      }),
    );
    await expect.poll(() => waiting.length).toBe(8);
    for (const finish of waiting) finish();
    const outcomes = (await Promise.all(forged)).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === "refused")).toHaveLength(8);
    expect(outcomes.filter((outcome) => outcome === "unavailable")).toHaveLength(12);
    expect(asked).toHaveLength(8);
    expect(await receive(signed(notification))).toMatchObject({ outcome: "received" });
    expect(asked).toHaveLength(8);
  });

  test("is remembered for sixteen certificates at most", async () => {
    const addressOf = (index: number) =>
      `https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-${index.toString(16)}.pem`;
    const ask = (index: number) => receive(signed({ ...notification, SigningCertURL: addressOf(index) }));
    for (let index = 0; index < 17; index++) await ask(index);
    await ask(16);
    expect(asked).toHaveLength(17);
    await ask(0);
    expect(asked).toHaveLength(18);
  });
});

describe("raw message delivery", () => {
  const event = notification.Message as string;
  const secrets = ["a secret of 24 characters", "another one of 24 chars or more"];
  const basic = (password: string) => `Basic ${Buffer.from(`ses:${password}`).toString("base64")}`;

  test("is refused, since it is not signed", async () => {
    for (const headers of [{}, { Authorization: basic("any") }, { "x-amz-sns-rawdelivery": "true" }]) {
      expect(await receive(event, { headers: headers as Record<string, string> })).toMatchObject({
        outcome: "refused",
        status: 403,
        error: { reason: "missing", remedy: expect.stringContaining("raw message delivery") },
      });
    }
    for (const body of ["", "[]", "null", "not json", "{}", '{"Type":"Notification"}', "\u0000"]) {
      expect(await receive(body)).toMatchObject({ outcome: "refused", error: { reason: "missing" } });
    }
  });

  test("passes with a secret, as far as a secret proves anything", async () => {
    const options = { raw_delivery_secrets: secrets };
    expect(await receive(event, options)).toMatchObject({
      outcome: "refused",
      status: 401,
      headers: { "WWW-Authenticate": expect.stringContaining("Basic") },
    });
    for (const secret of secrets) {
      const headers = { Authorization: basic(secret), "x-amz-sns-topic-arn": topicArn };
      const reception = await receive(event, { ...options, headers });
      expect(reception).toMatchObject({ outcome: "received", authenticity: { proof: "shared_secret" } });
      if (reception.outcome !== "received") throw new Error();
      expect((await reception.parse()).events).toMatchObject([{ type: "accepted", relayEventId: null }]);
    }
    const wrong = { ...options, headers: { Authorization: basic("wrong") } };
    expect(await receive(event, wrong)).toMatchObject({ outcome: "refused", error: { reason: "mismatch" } });
  });

  test("of another topic is refused", async () => {
    const headers = { Authorization: basic(secrets[0] ?? ""), "x-amz-sns-topic-arn": `${topicArn}-2` };
    expect(await receive(event, { raw_delivery_secrets: secrets, headers })).toMatchObject({
      outcome: "refused",
      status: 403,
    });
  });

  test("spares no signature to a message of SNS, whatever secret comes with it", async () => {
    const headers = { Authorization: basic(secrets[0] ?? "") };
    expect(await receive({ ...notification }, { raw_delivery_secrets: secrets, headers })).toMatchObject({
      outcome: "refused",
      error: { reason: "missing" },
    });
  });
});
