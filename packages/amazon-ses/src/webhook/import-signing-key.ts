import { WebhookError } from "@getfluxly/email-core/webhook";
import type { SigningCertificate } from "./read-certificate.js";

const minBits = 2048;

/** The RSA key of a certificate, for one hash. */
export async function importSigningKey(
  { publicKey }: SigningCertificate,
  hash: "SHA-1" | "SHA-256",
): Promise<CryptoKey> {
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash };
  const key = await crypto.subtle
    .importKey("spki", publicKey, algorithm, false, ["verify"])
    .catch(() => undefined);
  const bits = key && "modulusLength" in key.algorithm ? Number(key.algorithm.modulusLength) : 0;
  if (!key || bits < minBits) {
    throw new WebhookError(
      "mismatch",
      `The certificate of the SNS message has no RSA key of ${minBits} bits or more.`,
    );
  }
  return key;
}
