import { type EncodedForm, encodedForms, foldCase } from "./encoded-forms.js";

export const redacted = "[redacted]";

/**
 * Replaces every secret in a text, in the forms in which servers and libraries echo one: as it is, read as Latin-1,
 * percent-encoded, quoted-printable, escaped as in JSON, in hex, and in base64 or base64url at any of the three
 * alignments, so also inside the AUTH PLAIN triple; and all of these also broken by blanks or line ends. Letter case is
 * ignored. A secret of fewer than four characters is replaced only as it is and as a whole word: its encodings are found
 * in any text. Plain searches, no patterns: whoever chooses both secret and text must not choose the time it takes.
 */
export function redactText(text: string, secrets: readonly string[]): string {
  return createTextRedactor(secrets)(text);
}

/** The same for many texts: what is looked for is worked out once. */
export function createTextRedactor(secrets: readonly string[]): (text: string) => string {
  const short = secrets.filter((secret) => secret !== "" && secret.length < 4);
  const forms = secrets.filter((secret) => secret.length >= 4).flatMap(encodedForms);
  return (text) => {
    const shown = short.reduce(redactWord, text);
    if (forms.length === 0) return shown;
    // Nearly every text has nothing to hide.
    const ink = foldCase(shown.replace(/\s+/g, ""));
    if (!forms.some((form) => ink.includes(form.text))) return shown;
    return cut(shown, positionsOfInk(shown), findHidden(ink, forms));
  };
}

function redactWord(text: string, word: string): string {
  const literal = word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, "giu"), redacted);
}

/** Where the characters stand that are no white space. */
function positionsOfInk(text: string): number[] {
  const positions: number[] = [];
  for (let index = 0; index < text.length; index++) {
    if (!/\s/.test(text[index] ?? "")) positions.push(index);
  }
  return positions;
}

/** How many finds cover each character. */
function findHidden(ink: string, forms: readonly EncodedForm[]): Int32Array {
  const changes = new Int32Array(ink.length + 1);
  for (const { text, isBase64 } of forms) {
    for (let at = ink.indexOf(text); at >= 0; at = ink.indexOf(text, at + 1)) {
      let start = at;
      let end = at + text.length;
      // The secret has a part in the characters at its seams; padding belongs to it.
      if (isBase64 && /[\w+/-]/.test(ink[start - 1] ?? "")) start--;
      if (isBase64 && /[\w+/-]/.test(ink[end] ?? "")) end++;
      while (isBase64 && ink[end] === "=") end++;
      changes[start] = (changes[start] ?? 0) + 1;
      changes[end] = (changes[end] ?? 0) - 1;
    }
  }
  for (let index = 1; index < changes.length; index++) {
    changes[index] = (changes[index] ?? 0) + (changes[index - 1] ?? 0);
  }
  return changes;
}

/** The text with one mark for each run of hidden characters and the blanks within it. */
function cut(text: string, positions: readonly number[], hidden: Int32Array): string {
  const pieces: string[] = [];
  let shownFrom = 0;
  for (let index = 0; index < positions.length; index++) {
    if (!hidden[index]) continue;
    pieces.push(text.slice(shownFrom, positions[index]), redacted);
    while (hidden[index + 1]) index++;
    shownFrom = (positions[index] ?? 0) + 1;
  }
  return pieces.join("") + text.slice(shownFrom);
}
