import { runWebhookCase, type WebhookCase } from "@getfluxly/email-conformance/webhooks";
import { expect, test } from "vitest";
import cases from "./__fixtures__/cases.json" with { type: "json" };
import { amazonSesWebhook } from "./amazon-ses-webhook.js";

test.each(cases as WebhookCase[])("$id", async (it) => {
  expect(await runWebhookCase(amazonSesWebhook, it)).toEqual([]);
});
