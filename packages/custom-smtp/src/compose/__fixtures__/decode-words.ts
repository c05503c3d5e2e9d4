/** RFC 2047 to the letter: every word is decoded alone, and throws if it cannot be; blanks between words go. */
export function decodeWords(line: string): string {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return line
    .replaceAll(/(\?=) +(?==\?)/g, "$1")
    .replaceAll(/=\?UTF-8\?([QB])\?([^? ]*)\?=/g, (word, kind, text: string) => {
      if (word.length > 75) throw new Error(`longer than 75 characters: ${word}`);
      if (kind === "B") return decoder.decode(Buffer.from(text, "base64"));
      const octets = text
        .replaceAll("_", " ")
        .replaceAll(/=([\dA-F]{2})/g, (_escape, digits: string) =>
          String.fromCharCode(Number.parseInt(digits, 16)),
        );
      return decoder.decode(Buffer.from(octets, "latin1"));
    });
}
