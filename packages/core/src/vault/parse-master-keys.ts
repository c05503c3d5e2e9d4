import { fromBase64Url } from "./base64url.js";
import type { VaultOptions } from "./create-vault.js";
import { keyInvalid, type VaultKey } from "./vault-key.js";

/**
 * Reads a key ring from one line of text, such as an environment variable: `id:key,id:key`, the first one active, or a
 * single key without an id. A key is 32 octets in hex, base64 or base64url. Never repeats the text in an error.
 */
export async function parseMasterKeys(text: string): Promise<VaultOptions> {
  const keys = await Promise.all(text.split(",").map((part, index) => parseKey(part.trim(), index + 1)));
  return { keys, activeKeyId: keys[0]?.id ?? "" };
}

async function parseKey(text: string, position: number): Promise<VaultKey> {
  const colon = text.indexOf(":");
  const key = parseOctets(text.slice(colon + 1));
  if (key?.length !== 32) {
    throw keyInvalid(
      `Key ${position} is not 32 octets in hex or base64 (make one with: openssl rand -base64 32).`,
    );
  }
  return { id: colon < 0 ? await fingerprint(key) : text.slice(0, colon), key };
}

function parseOctets(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (/^[\da-f]{64}$/i.test(text)) {
    return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  }
  return fromBase64Url(text.replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_"));
}

/** The id of a key that was given none: the same key has the same id after a restart. */
async function fingerprint(key: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", key));
  return Array.from(digest.subarray(0, 4), (octet) => octet.toString(16).padStart(2, "0")).join("");
}
