/** RFC 2047 section 2 for lines with encoded words; RFC 5322 section 2.1.1 asks for 78. */
const lineCharacters = 76;

/**
 * Breaks a header field before blanks, so that taking the line ends out again gives the same field (RFC 5322 section
 * 2.2.3). A word that is longer than a line stays whole. The field must not end with a blank: no line is blank then.
 */
export function foldHeader(field: string): string {
  let folded = "";
  let lineStart = 0;
  while (field.length - lineStart > lineCharacters) {
    let end = wordEnd(field, field.lastIndexOf(" ", lineStart + lineCharacters));
    if (end <= lineStart) end = field.indexOf(" ", firstWord(field, lineStart));
    if (end < 0) break;
    folded += `${field.slice(lineStart, end)}\n`;
    lineStart = end;
  }
  return folded + field.slice(lineStart);
}

/** Where the run of blanks begins that `position` is in. */
function wordEnd(field: string, position: number): number {
  let end = position;
  while (field[end - 1] === " ") end -= 1;
  return end;
}

/** Where the run of blanks ends that a continued line begins with. */
function firstWord(field: string, lineStart: number): number {
  let start = lineStart;
  while (field[start] === " ") start += 1;
  return start;
}
