import type { EdgeSample } from "@getfluxly/email-conformance/webhooks";
import { type AmazonSesWebhookConfig, amazonSesWebhook } from "../index.js";
import { certificateUrl, topicArn } from "./sns-addresses.js";

/** Made by `createSigningCertificate` and `signSnsMessage`, which need Node; the private key was thrown away. */
const certificate = [
  "MIICszCCAZugAwIBAgIDAQIDMA0GCSqGSIb3DQEBCwUAMBwxGjAYBgNVBAMMEXNucy5hbWF6b25hd3MuY29tMB4XDTMwMDYw",
  "MTAwMDAwMFoXDTMxMDcwMTAwMDAwMFowHDEaMBgGA1UEAwwRc25zLmFtYXpvbmF3cy5jb20wggEiMA0GCSqGSIb3DQEBAQUA",
  "A4IBDwAwggEKAoIBAQDJ5a+1WbnLU1fYSJsyGcleugqh2KHj959CIDAIZwYg0TK/5kOalP4fx+NmoBN51uC+zqQzuK6At3mj",
  "qF34ueXALA2CvwpVuJp6uSbL8QXf8O8Q8mpoibjJ/CTEHQz1ZFmK9TiKq31YpIis1ie+AUGHCEHWDv3POARjy1yx/Guawt+K",
  "i/fQ9f6dKQX+W3XrRg06vCKq2C5Wnu9NOW+IkIr8EXTW0fwgTKhNm9ac/O35lQTVB6vUbJsjhHIocD0VZ9DBqWor8XfLgVLg",
  "R04YGywaAut6GYNnXCg3rbWnAfdyAvf+VqqYvmGWG1sQOgTiIEX0ShrfaL/14rFudxTL+bdDAgMBAAEwDQYJKoZIhvcNAQEL",
  "BQADggEBAC6eh26DF35tTWPwacGaoHnCIwS6g1D/UH1R+v6iKhqb1ysKPAKxK+aGK4MwkpDj/zfQ49JVGpeKcwSkzN7uca2F",
  "QAm6X2r7xKnUfwKZGy+qAtu30rHUJJpIZUo6y4RlH+ChPrVpNYBeb/W12EJV2hWJmUcr9fWmy+gSV0DZ8peorBnAv6cYyxNJ",
  "htWQCQDsENR3oqdi3dRQgsl5Dk7G8E04S8v1uHuTOzkYeijB6Wq/yccVZIfL7b8EgKrXjqCbgBy+YL1cLBzgaMGfXdNXu3hf",
  "Mb35od7e4af66SIcpdXLRZbYerq8LFPOfXu57945e6GXlvNAHlwkJRU6GXa3o8g=",
].join("");
const signature = [
  "iAPwfKZx7EkoxFd4Ql5I5BC8eRxjlwLC73+f7yLI8aZ9zq4TaopBtFLLmV975hXGmff91WcASkMtSIxY2gDP51E8pbN58HwD",
  "SVgmE06+8CziHQrk+novtcpVtKVkx34tFtzUT3L63/W/gtR/J79+lZ1SLGTXWiHdCinlla8fj8Unt1UDyTQOO7stn4lmtX48",
  "PWU74mRP9kucRaTfh6pFq+0SvRo2bc8c/JxLRJ5uUHn/W3R+LsgbDB0ux/4gqEPtudRa8dFmgLYnhj469AuLaIk07/fzNEhV",
  "meg0qZPFVQJicc8YOVStV3ABiQuMHel1lg5lkmx2xTyzJCntDETJ2Q==",
].join("");

/** With SHA-1, the default of a topic, which is also the hash that a runtime is likelier to lack. */
const message = {
  Type: "Notification",
  MessageId: "00000000-0000-4000-8000-000000000001",
  TopicArn: topicArn,
  Message:
    '{"eventType":"Delivery","mail":{"messageId":"m-1","destination":["kim@example.net"]},"delivery":{"timestamp":"2031-03-12T16:06:07.891Z","recipients":["kim@example.net"],"smtpResponse":"250 2.0.0 OK"}}',
  Timestamp: "2031-03-12T16:06:08.000Z",
  SignatureVersion: "1",
  SigningCertURL: certificateUrl,
  Signature: signature,
};

export async function createEdgeSample(): Promise<EdgeSample<AmazonSesWebhookConfig>> {
  return {
    adapter: amazonSesWebhook,
    config: { topic_arns: [topicArn] },
    foreignConfig: { topic_arns: [`${topicArn}-2`] },
    now: new Date("2031-03-12T16:06:08.000Z"),
    headers: [["x-amz-sns-message-type", "Notification"]],
    body: JSON.stringify(message),
    fetch: async () =>
      new Response(`-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`),
  };
}
