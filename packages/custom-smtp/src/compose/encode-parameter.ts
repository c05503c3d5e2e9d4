import { splitEscapes } from "./split-escapes.js";

/** Of one section's text, so that it fits a line with its name and number. */
const sectionCharacters = 48;

/** A header parameter of any script (RFC 2231): in one piece, or in numbered sections if it is long. */
export function encodeParameter(name: string, value: string): string[] {
  // Beyond what encodeURIComponent escapes, these are no attribute characters (RFC 2231 section 7).
  const escapes = encodeURIComponent(value).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const [first = "", ...others] = splitEscapes(escapes, sectionCharacters);
  if (others.length === 0) return [`${name}*=utf-8''${first}`];
  return [
    `${name}*0*=utf-8''${first}`,
    ...others.map((section, index) => `${name}*${index + 1}*=${section}`),
  ];
}
