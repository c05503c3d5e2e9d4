import { crc32 } from "node:zlib";
import type { ApiKeyMode } from "./parse-api-key-mode.js";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** 32 base-62 characters hold 190.5 random bits. */
const randomLength = 32;

/**
 * A new key: `gf_live_` or `gf_test_`, 32 random characters, and the CRC-32 of all before it as 6 base-62 characters,
 * by which secret scanners tell a key from a text that looks like one.
 */
export function createApiKey(mode: ApiKeyMode): string {
  const body = `gf_${mode}_${createRandomText(randomLength)}`;
  return body + toBase62(crc32(body)).padStart(6, "0");
}

function createRandomText(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      // 248 is the largest multiple of 62 in a byte: higher values would make the first characters likelier.
      if (byte < 248 && text.length < length) text += alphabet.charAt(byte % 62);
    }
  }
  return text;
}

function toBase62(value: number): string {
  let text = "";
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) text = alphabet.charAt(rest % 62) + text;
  return text;
}
