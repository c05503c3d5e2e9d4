import { fromBase64 } from "@getfluxly/email-core/webhook";
import { encodedPrefix } from "./encoded-prefix.js";

/** The text that `encodeTagValue` was given; a value that it did not make, as it is. */
export function decodeTagValue(value: string): string {
  if (!value.startsWith(encodedPrefix)) return value;
  const digits = value.slice(encodedPrefix.length).replaceAll("-", "+").replaceAll("_", "/");
  const octets = fromBase64(digits.padEnd(Math.ceil(digits.length / 4) * 4, "="));
  try {
    return octets ? new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets) : value;
  } catch {
    return value;
  }
}
