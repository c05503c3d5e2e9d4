/** A secret as some encoder writes it, without white space and letter case. */
export interface EncodedForm {
  readonly text: string;
  readonly isBase64: boolean;
}

/** Every form in which a secret is looked for. */
export function encodedForms(secret: string): EncodedForm[] {
  const bytes = toBytes(secret);
  const plain = [
    secret,
    bytes,
    JSON.stringify(secret).slice(1, -1),
    // encodeURIComponent, RFC 3986, forms, and every octet: encoders differ in what they leave alone.
    escapeBytes(bytes, "%", /[\w.!~*'()-]/),
    escapeBytes(bytes, "%", /[\w.~-]/),
    escapeBytes(bytes, "%", /[\w.*-]/).replaceAll("%20", "+"),
    escapeBytes(bytes, "%"),
    escapeBytes(bytes, "=", /[!-<>-~]/),
    escapeBytes(bytes, ""),
  ];
  const base64 = ["", "\0", "\0\0"].map((before) => toBase64(before, bytes));
  return [
    ...plain.map((text) => ({ text, isBase64: false })),
    ...base64
      .flatMap((text) => [text, text.replaceAll("+", "-").replaceAll("/", "_")])
      .map((text) => ({ text, isBase64: true })),
  ]
    .map(({ text, isBase64 }) => ({ text: foldCase(text.replace(/\s+/g, "")), isBase64 }))
    .filter(({ text }) => text.length >= 4);
}

/** Lower case where that keeps the length, so that positions stay what they are. */
export function foldCase(text: string): string {
  if (!/[\u0080-\uffff]/.test(text)) return text.toLowerCase();
  return text.replace(/[A-Z\u0080-\uffff]/g, (unit) => {
    const lower = unit.toLowerCase();
    return lower.length === 1 ? lower : unit;
  });
}

/** The characters that the secret alone decides. */
function toBase64(before: string, bytes: string): string {
  const text = before + bytes;
  return btoa(text).slice(Math.ceil((before.length * 4) / 3), Math.floor((text.length * 4) / 3));
}

/** The UTF-8 octets as one character each. */
function toBytes(text: string): string {
  return Array.from(new TextEncoder().encode(text), (octet) => String.fromCharCode(octet)).join("");
}

/** Each octet in hex behind the prefix, except those that are kept. */
function escapeBytes(bytes: string, prefix: string, kept?: RegExp): string {
  return Array.from(bytes, (byte) =>
    kept?.test(byte) ? byte : prefix + byte.charCodeAt(0).toString(16).padStart(2, "0"),
  ).join("");
}
