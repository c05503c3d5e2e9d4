import { receiveWebhook } from "@getfluxly/email-core/webhook";
import { sendgridWebhook } from "@getfluxly/email-sendgrid/webhook";
import novu from "@novu/sendgrid";
import { EventWebhook } from "@sendgrid/eventwebhook";
import type { SignedBatch } from "./create-signed-batch.js";
import type { WebhookReader } from "./webhook-reader.js";

/** The bare minimum first, which the others are compared with. */
export function createReaders(batch: SignedBatch): readonly WebhookReader[] {
  return [
    { name: "JSON.parse alone", read: async () => parseJson(batch.body).length },
    { name: "ours: verify and parse", read: () => readOurs(batch) },
    { name: "ours: verify alone", read: () => verifyOurs(batch) },
    { name: "@sendgrid/eventwebhook and @novu/sendgrid", read: async () => readOthers(batch) },
    { name: "@novu/sendgrid alone, unverified", read: async () => normalize(parseJson(batch.body)) },
  ];
}

function parseJson(body: Uint8Array): readonly object[] {
  return JSON.parse(new TextDecoder().decode(body));
}

function toRequest({ body, time, signature }: SignedBatch) {
  return {
    method: "POST",
    url: "https://example.com/webhooks/sendgrid/demo",
    headers: [
      ["X-Twilio-Email-Event-Webhook-Timestamp", time],
      ["X-Twilio-Email-Event-Webhook-Signature", signature],
    ] as const,
    body,
  };
}

async function readOurs(batch: SignedBatch): Promise<number> {
  const reception = await receiveWebhook({
    adapter: sendgridWebhook,
    request: toRequest(batch),
    config: { public_keys: [batch.publicKey] },
    replayStore: null,
  });
  if (reception.outcome !== "received") throw new Error(`ours: ${reception.outcome}`);
  return (await reception.parse()).events.length;
}

async function verifyOurs(batch: SignedBatch): Promise<number> {
  const config = { public_keys: [batch.publicKey] };
  await sendgridWebhook.verify(toRequest(batch), { config, now: new Date(), fetch });
  return 0;
}

function readOthers({ body, publicKey, time, signature }: SignedBatch): number {
  const webhook = new EventWebhook();
  const key = webhook.convertPublicKeyToECDSA(publicKey);
  const payload = Buffer.from(body.buffer, body.byteOffset, body.length);
  if (!webhook.verifySignature(key, payload, signature, time)) throw new Error("the vendor's: refused");
  return normalize(parseJson(body));
}

const provider = new novu.SendgridEmailProvider({
  apiKey: "SG.none",
  from: "a@example.com",
  senderName: "A",
});

/** Event by event, since given a list it looks for one. It knows five of SendGrid's words, and gives nothing for others. */
function normalize(items: readonly object[]): number {
  return items.filter((item) => provider.parseEventBody(item, "") !== undefined).length;
}
