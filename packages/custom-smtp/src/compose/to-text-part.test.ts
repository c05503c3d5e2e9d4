import { expect, test } from "vitest";
import { toTextPart } from "./to-text-part.js";

const base64 = (text: string) => Buffer.from(text);

test.each([
  ["Hello", "7bit", "Hello"],
  ["a\r\nb\rc\nd\n\re\r\r\n", "7bit", "a\nb\nc\nd\n\ne\n\n"],
  ["trailing \t\n", "7bit", "trailing \t\n"],
  [`${"x".repeat(998)}\r\n`, "7bit", `${"x".repeat(998)}\n`],
  ["x".repeat(999), "quoted-printable", "x".repeat(999).replace(/.{75}/g, "$&=\n")],
  ["Grüße!\r\nEs geht los.", "quoted-printable", "Gr=C3=BC=C3=9Fe!\nEs geht los."],
  ["Hällo, Welt: Größe €", "quoted-printable", "H=C3=A4llo, Welt: Gr=C3=B6=C3=9Fe =E2=82=AC"],
  ["世界\n世界\r", "base64", base64("世界\r\n世界\r\n")],
  ["Привет", "base64", base64("Привет")],
])("%j goes as %s", (text, encoding, body) => {
  expect(toTextPart("html", text)).toEqual([
    `Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: ${encoding}\n\n`,
    body,
  ]);
});
