import { fromBase64Url } from "./base64url.js";
import type { VaultOptions } from "./create-vault.js";
import { isKeyId, keyInvalid, type VaultKey } from "./vault-key.js";

/**
 * Reads a key ring from one line of text, such as an environment variable: `id:key,id:key`, the first one active, or a
 * single key without an id. A key is 32 octets in hex, base64 or base64url. Never repeats the text in an error.
 */
export function parseMasterKeys(text: string): VaultOptions {
  return { keys: text.split(",").map((part, index) => parseKey(part.trim(), index + 1)) };
}

function parseKey(text: string, position: number): VaultKey {
  const colon = text.indexOf(":");
  const key = parseOctets(text.slice(colon + 1));
  if (key?.length !== 32) {
    throw keyInvalid(
      `Key ${position} is not 32 octets in hex or base64 (make one with: openssl rand -base64 32).`,
    );
  }
  if (colon < 0) return { key };
  const id = text.slice(0, colon);
  if (!isKeyId(id)) throw keyInvalid(`The id of key ${position} must be 1 to 64 letters, digits, _ or -.`);
  return { id, key };
}

function parseOctets(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (/^[\da-f]{64}$/i.test(text)) {
    return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  }
  return fromBase64Url(text.replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_"));
}
