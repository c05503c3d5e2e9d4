import type { Macro, MacroString } from "./macro-string.js";

const piece = /%\{([slodiphcrtv])(\d*)(r?)([-.+,/_=]*)\}|%([%_-])|([ !-$&-~]+)/iy;
const escapes: Readonly<Record<string, string>> = { "%": "%", _: " ", "-": "%20" };

/**
 * Parses by the grammar of RFC 7208 section 7.1; `undefined` when the text does not follow it. Spaces and the macros
 * c, r and t are for the text of an explanation only.
 */
export function parseMacroString(text: string, isExplanation = false): MacroString | undefined {
  const parts: (string | Macro)[] = [];
  piece.lastIndex = 0;
  while (piece.lastIndex < text.length) {
    const match = piece.exec(text);
    if (match === null) return undefined;
    const [, letter, digits, reverse, delimiters, escaped, literal] = match;
    if (letter === undefined) {
      if (!isExplanation && literal?.includes(" ")) return undefined;
      parts.push(literal ?? escapes[escaped ?? ""] ?? "");
      continue;
    }
    const name = letter.toLowerCase();
    if (!isExplanation && "crt".includes(name)) return undefined;
    if (digits && Number(digits) === 0) return undefined;
    parts.push({
      letter: name,
      keep: digits ? Number(digits) : undefined,
      reverse: reverse !== "",
      delimiters: delimiters || ".",
      escape: letter !== name,
    });
  }
  return parts;
}
