export const redacted = "[redacted]";

/**
 * Replaces every secret in a text, in the forms in which servers and libraries echo one: as it is, read as Latin-1,
 * percent-encoded, escaped as in JSON, in hex, and in base64 or base64url at any of the three alignments, so also inside
 * the AUTH PLAIN triple. Letter case is ignored. A secret of fewer than four characters is replaced only as it is and as
 * a whole word: its encodings are found in any text.
 */
export function redactText(text: string, secrets: readonly string[]): string {
  const patterns = [...secrets].sort((a, b) => b.length - a.length).flatMap(toPatterns);
  return patterns.length > 0 ? text.replace(new RegExp(patterns.join("|"), "giu"), redacted) : text;
}

function toPatterns(secret: string): string[] {
  if (secret.length < 4)
    return secret ? [`(?<![\\p{L}\\p{N}])${escapePattern(secret)}(?![\\p{L}\\p{N}])`] : [];
  // Each character in its own right, because encoders differ in what they leave alone.
  const characters = Array.from(secret, (character) => {
    const bytes = toBytes(character);
    const forms = [
      character,
      bytes,
      JSON.stringify(character).slice(1, -1),
      character === " " ? "+" : character,
    ];
    return `(?:${[toHex(bytes, "%"), ...new Set(forms.map(escapePattern))].join("|")})`;
  });
  const bytes = toBytes(secret);
  return [
    characters.join(""),
    toHex(bytes, ""),
    ...["", "\0", "\0\0"].map((before) => toBase64(before, bytes)),
  ];
}

/** The characters that the secret alone decides, with the two at the seams that it has a part in. */
function toBase64(before: string, bytes: string): string {
  const text = before + bytes;
  const whole = btoa(text).slice(Math.ceil((before.length * 4) / 3), Math.floor((text.length * 4) / 3));
  return `[\\w+/-]?${whole.replace(/\+/g, "[+-]").replace(/\//g, "[/_]")}[\\w+/-]?=*`;
}

/** The UTF-8 octets as one character each. */
function toBytes(text: string): string {
  return Array.from(new TextEncoder().encode(text), (octet) => String.fromCharCode(octet)).join("");
}

function toHex(bytes: string, prefix: string): string {
  return Array.from(bytes, (byte) => prefix + byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
