import type { EdgeSample } from "@getfluxly/email-conformance/webhooks";
import { type SendGridWebhookConfig, sendgridWebhook } from "../index.js";

/** As SendGrid spells a batch: a line for each event, and one end of line behind. */
const body =
  '[{"event":"processed","sg_event_id":"e-1","sg_message_id":"m-1.filter-1","email":"kim@example.net","timestamp":1931097966},\r\n{"event":"bounce","type":"bounce","sg_event_id":"e-2","sg_message_id":"m-1.filter-1","email":"kim@example.net","timestamp":1931097967,"status":"5.1.1","reason":"550 5.1.1 no such user"}]\r\n';

export async function createEdgeSample(): Promise<EdgeSample<SendGridWebhookConfig>> {
  const [own, foreign] = [await createKeyPair(), await createKeyPair()];
  const time = "1931097967";
  const algorithm = { name: "ECDSA", hash: "SHA-256" };
  const signed = new TextEncoder().encode(time + body);
  const signature = new Uint8Array(await crypto.subtle.sign(algorithm, own.privateKey, signed));
  return {
    adapter: sendgridWebhook,
    config: { public_keys: [await toText(own)] },
    foreignConfig: { public_keys: [await toText(foreign)] },
    now: new Date("2031-03-12T16:06:07.000Z"),
    headers: [
      ["X-Twilio-Email-Event-Webhook-Timestamp", time],
      ["X-Twilio-Email-Event-Webhook-Signature", toBase64(toDer(signature))],
    ],
    body,
  };
}

async function createKeyPair(): Promise<CryptoKeyPair> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, [
    "sign",
    "verify",
  ]);
  if (!("privateKey" in pair)) throw new TypeError("ECDSA has pairs of keys");
  return pair;
}

async function toText({ publicKey }: CryptoKeyPair): Promise<string> {
  return toBase64(new Uint8Array(await crypto.subtle.exportKey("spki", publicKey)));
}

/** Web Crypto has both numbers in fixed length, SendGrid has them in DER. */
function toDer(signature: Uint8Array): Uint8Array {
  const integers = [signature.subarray(0, 32), signature.subarray(32)].flatMap((fixed) => {
    const digits = fixed.subarray(fixed.findIndex((octet) => octet !== 0));
    const octets = (digits[0] ?? 0) >= 0x80 ? [0, ...digits] : [...digits];
    return [0x02, octets.length, ...octets];
  });
  return Uint8Array.of(0x30, integers.length, ...integers);
}

function toBase64(octets: Uint8Array): string {
  return btoa(String.fromCharCode(...octets));
}
