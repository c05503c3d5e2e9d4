import type { Authenticity } from "@getfluxly/email-core";
import {
  assertFresh,
  fromBase64,
  type JsonObject,
  textOf,
  toIsoTime,
  WebhookError,
} from "@getfluxly/email-core/webhook";
import { assertKnownTopic } from "./assert-known-topic.js";
import { certificatesOf } from "./certificate-cache.js";
import { importSigningKey } from "./import-signing-key.js";
import { isCertificateAddress } from "./sns-address.js";
import { urlOf } from "./sns-envelope.js";
import { toSignedText } from "./to-signed-text.js";

interface SnsVerification {
  readonly topic_arns: readonly string[];
  readonly tolerance_seconds?: number | undefined;
  readonly now: Date;
  readonly fetch: typeof fetch;
}

const oneDayInSeconds = 86_400;

const hashes = new Map([
  ["1", "SHA-1"],
  ["2", "SHA-256"],
] as const);

/** All that needs no download comes first, so that a stranger's message causes none. */
export async function verifySnsSignature(
  envelope: JsonObject,
  { topic_arns, tolerance_seconds: toleranceSeconds = oneDayInSeconds, now, fetch }: SnsVerification,
): Promise<Authenticity> {
  assertKnownTopic(requireText(envelope, "TopicArn"), topic_arns);
  const version = requireText(envelope, "SignatureVersion");
  const hash = version === "1" || version === "2" ? hashes.get(version) : undefined;
  if (!hash) throw new WebhookError("malformed", "The SNS message has a signature of an unknown version.");
  const signature = fromBase64(requireText(envelope, "Signature"));
  if (!signature) throw new WebhookError("malformed", "The signature of the SNS message is not in base64.");
  const url = urlOf(envelope, "SigningCert");
  if (url === undefined) throw new WebhookError("missing", "The SNS message names no certificate.");
  if (!isCertificateAddress(url)) {
    throw new WebhookError("malformed", "The certificate of the SNS message is not at SNS.");
  }
  const signed = toSignedText(envelope);
  const time = toIsoTime(requireText(envelope, "Timestamp"));
  if (time === null) throw new WebhookError("malformed", "The time of the SNS message cannot be read.");
  const signedAt = new Date(time);
  assertFresh(String(Math.floor(signedAt.getTime() / 1000)), now, toleranceSeconds);

  const certificate = await certificatesOf(fetch).get(url);
  if (now < certificate.notBefore || now > certificate.notAfter) {
    throw new WebhookError("mismatch", "The certificate of the SNS message is not valid at this time.");
  }
  const key = await importSigningKey(certificate, hash);
  const isRight = await crypto.subtle.verify(
    "RSASSA-PKCS1-v1_5",
    key,
    signature,
    new TextEncoder().encode(signed),
  );
  if (!isRight) throw new WebhookError("mismatch", "The signature of the SNS message does not fit.");
  return {
    proof: "signature",
    signedAt,
    replayKey: `ses:${requireText(envelope, "MessageId")}`,
    // And the minutes by which the clock of SNS may run ahead.
    replayableForSeconds: toleranceSeconds + 300,
  };
}

function requireText(envelope: JsonObject, name: string): string {
  const text = textOf(envelope[name]);
  if (text === undefined) throw new WebhookError("missing", `The SNS message has no ${name}.`);
  return text;
}
