import { fromBase64, WebhookError } from "@getfluxly/email-core/webhook";

/** A P-256 key out of base64 (SPKI) or PEM; `misconfigured` for anything else. */
export async function importPublicKey(text: string): Promise<CryptoKey> {
  const spki = fromBase64(text.replace(/-----(?:BEGIN|END) PUBLIC KEY-----|\s/g, ""));
  try {
    if (!spki) throw new TypeError("no base64");
    const algorithm = { name: "ECDSA", namedCurve: "P-256" };
    return await crypto.subtle.importKey("spki", spki, algorithm, false, ["verify"]);
  } catch (cause) {
    throw new WebhookError("misconfigured", "A public key is not a P-256 key in base64 or PEM.", { cause });
  }
}
