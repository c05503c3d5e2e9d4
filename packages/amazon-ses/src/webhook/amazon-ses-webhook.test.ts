import { webhookConformance } from "@getfluxly/email-conformance/webhooks";
import { expect, test } from "vitest";
import { createSigningCertificate } from "./__fixtures__/create-signing-certificate.js";
import { signSnsMessage } from "./__fixtures__/sign-sns-message.js";
import { certificateUrl, topicArn } from "./__fixtures__/sns-addresses.js";
import { amazonSesWebhook } from "./amazon-ses-webhook.js";

const amazon = createSigningCertificate();

/** All tenants' messages are signed by Amazon; what tells them apart is the topic. */
const checks = webhookConformance({
  adapter: amazonSesWebhook,
  body: '{"eventType":"Send","mail":{"messageId":"m-1","destination":["kim@example.net"]},"send":{}}',
  sign: (body, topic: string, signedAt) => {
    const message = signSnsMessage(
      {
        Type: "Notification",
        MessageId: "00000000-0000-4000-8000-000000000001",
        TopicArn: topic,
        Timestamp: signedAt.toISOString(),
        SignatureVersion: "2",
        SigningCertURL: certificateUrl,
        Message: new TextDecoder().decode(body),
      },
      amazon.privateKey,
    );
    return {
      headers: [["x-amz-sns-message-type", "Notification"]],
      body: new TextEncoder().encode(JSON.stringify(message)),
    };
  },
  secrets: [topicArn, `${topicArn}-2`, topicArn.replace("111122223333", "999988887777")],
  toConfig: (live) => ({ topic_arns: live }),
  proofHeaders: [],
  bindsBody: true,
  toleranceSeconds: 86_400,
  fetch: async () => new Response(amazon.pem),
});

test.each(checks)("$name", ({ run }) => expect(run()).resolves.toBeUndefined());
