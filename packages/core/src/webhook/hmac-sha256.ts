import { concatOctets } from "./concat-octets.js";

/** HMAC-SHA256 (RFC 2104) over the parts, one after the other. Texts are taken as UTF-8. An empty key rejects. */
export async function hmacSha256(
  key: string | Uint8Array,
  ...parts: readonly (string | Uint8Array)[]
): Promise<Uint8Array> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", concatOctets(key), algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, concatOctets(...parts)));
}
