import { EmailError } from "../errors/index.js";
import { fromBase64Url, toBase64Url } from "./base64url.js";
import { isKeyId } from "./vault-key.js";

const version = "gfv1";
export const nonceOctets = 12;
export const tagOctets = 16;

/** A sealed secret as text: `gfv1.<key id>.<nonce>.<ciphertext and tag>`, both in base64url. */
export interface Envelope {
  readonly keyId: string;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly ciphertext: Uint8Array<ArrayBuffer>;
}

export function printEnvelope({ keyId, nonce, ciphertext }: Envelope): string {
  return [version, keyId, toBase64Url(nonce), toBase64Url(ciphertext)].join(".");
}

/** Throws `ciphertext-invalid` for anything else, so that a secret stored in clear is never taken for a sealed one. */
export function parseEnvelope(sealed: string): Envelope {
  const [prefix, keyId, nonceText, ciphertextText, ...rest] =
    typeof sealed === "string" ? sealed.split(".") : [];
  const nonce = fromBase64Url(nonceText ?? "");
  const ciphertext = fromBase64Url(ciphertextText ?? "");
  const isWhole =
    prefix === version &&
    keyId !== undefined &&
    isKeyId(keyId) &&
    rest.length === 0 &&
    nonce?.length === nonceOctets;
  if (!isWhole || ciphertext === undefined || ciphertext.length < tagOctets) throw ciphertextInvalid();
  return { keyId, nonce, ciphertext };
}

/** One error for every reason: what exactly was wrong would help only whoever forges envelopes. */
export function ciphertextInvalid(): EmailError {
  return new EmailError({
    code: "ciphertext-invalid",
    message:
      "A sealed secret cannot be opened: it was damaged, moved to another place, or is not sealed at all.",
    stage: "vault",
  });
}
