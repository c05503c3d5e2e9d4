import { encodedPrefix } from "./encoded-prefix.js";

/**
 * A text as the value of a message tag, which is of letters, digits, `_` and `-`: as it is where it fits, else marked and in
 * base64url. `decodeTagValue` gives the same text again.
 */
export function encodeTagValue(text: string): string {
  if (/^[\w-]+$/.test(text) && !text.startsWith(encodedPrefix)) return text;
  const octets = new TextEncoder().encode(text);
  const base64 = btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(""));
  return encodedPrefix + base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
