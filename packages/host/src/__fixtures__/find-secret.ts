import { inspect } from "node:util";

/** The names of the encodings in which a text holds a secret; case does not matter. Written apart from the redaction. */
export function findSecret(secret: string, text: string): readonly string[] {
  const haystack = text.toLowerCase();
  return Object.entries(encodings(secret))
    .filter(([, needle]) => haystack.includes(needle.toLowerCase()))
    .map(([name]) => name);
}

function encodings(secret: string): Readonly<Record<string, string>> {
  const bytes = Buffer.from(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const base64 = [0, 1, 2].map((shift) => {
    // The first and the last characters depend on the neighbours too.
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    return text.slice(shift === 0 ? 0 : 4, -2);
  });
  return {
    raw: secret,
    json,
    "json in json": JSON.stringify(json).slice(1, -1),
    inspect: inspect(secret).slice(1, -1),
    url: encodeURIComponent(secret),
    form: new URLSearchParams([["", secret]]).toString().slice(1),
    hex: bytes.toString("hex"),
    latin1: bytes.toString("latin1"),
    ...Object.fromEntries(base64.map((needle, shift) => [`base64 ${shift}`, needle])),
    ...Object.fromEntries(
      base64.map((needle, shift) => [`base64url ${shift}`, needle.replace(/\+/g, "-").replace(/\//g, "_")]),
    ),
  };
}
