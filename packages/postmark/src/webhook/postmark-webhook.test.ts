import { webhookConformance } from "@getfluxly/email-conformance/webhooks";
import { expect, test } from "vitest";
import { postmarkWebhook } from "./postmark-webhook.js";

const secrets = ["a", "b", "c"].map((letter) => letter.repeat(32)) as [string, string, string];
const body =
  '{"RecordType":"Delivery","MessageID":"m-1","Recipient":"kim@example.net","DeliveredAt":"2031-03-04T05:06:07.9070259Z"}';

const schemes: readonly [string, (secret: string) => readonly [string, string]][] = [
  ["Basic", (secret) => ["Authorization", `Basic ${btoa(`hook:${secret}`)}`]],
  ["Bearer", (secret) => ["Authorization", `Bearer ${secret}`]],
  ["a header", (secret) => ["X-Webhook-Secret", secret]],
];

const checks = schemes.flatMap(([scheme, toHeader]) =>
  webhookConformance({
    adapter: postmarkWebhook,
    body,
    sign: (octets, secret: string) => ({ headers: [toHeader(secret)], body: octets }),
    secrets,
    toConfig: (live) => ({ secrets: live, username: scheme === "Basic" ? "hook" : undefined }),
    proofHeaders: [toHeader("")[0]],
    bindsBody: false,
    toleranceSeconds: undefined,
  }).map((check) => ({ ...check, name: `${scheme}: ${check.name}` })),
);

test.each(checks)("$name", ({ run }) => expect(run()).resolves.toBeUndefined());

test.each(["gf_id", "Gf_Id", "GF_ID"])("the correlation id comes back as %s", async (key) => {
  const post = { RecordType: "Delivery", Recipient: "kim@example.net", Metadata: { [key]: "01ARZ3" } };
  const { events } = await postmarkWebhook.parse({
    method: "POST",
    url: "https://example.com/webhooks/postmark/demo",
    headers: [],
    body: new TextEncoder().encode(JSON.stringify(post)),
  });
  expect(events[0]?.correlationId).toBe("01ARZ3");
});
