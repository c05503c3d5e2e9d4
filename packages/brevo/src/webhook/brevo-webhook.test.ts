import { webhookConformance } from "@getfluxly/email-conformance/webhooks";
import { expect, test } from "vitest";
import { brevoWebhook } from "./brevo-webhook.js";

const secrets = ["a", "b", "c"].map((letter) => letter.repeat(32)) as [string, string, string];
const body =
  '{"event":"delivered","email":"kim@example.net","message-id":"<m-1@example.com>","ts_epoch":1931058367123}';

const schemes: readonly [string, (secret: string) => readonly [string, string]][] = [
  ["Basic", (secret) => ["Authorization", `Basic ${btoa(`hook:${secret}`)}`]],
  ["Bearer", (secret) => ["Authorization", `Bearer ${secret}`]],
  ["a header", (secret) => ["X-Webhook-Secret", secret]],
];

const checks = schemes.flatMap(([scheme, toHeader]) =>
  webhookConformance({
    adapter: brevoWebhook,
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
