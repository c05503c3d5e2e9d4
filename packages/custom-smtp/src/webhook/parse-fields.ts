/** Header fields by their name in lower case; of a name that comes twice, the first counts. */
export type Fields = ReadonlyMap<string, string>;

/** Blocks of header fields with blank lines between them (RFC 3464 section 2.1), continued lines joined. */
export function parseFields(text: string): Fields[] {
  return text
    .replace(/\r\n?/g, "\n")
    .split(/\n[ \t]*\n/)
    .filter((block) => block.trim() !== "")
    .map((block) => {
      const fields = new Map<string, string>();
      for (const line of block.replace(/\n[ \t]+/g, " ").split("\n")) {
        const colon = line.indexOf(":");
        const name = line.slice(0, colon).trim().toLowerCase();
        if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
      }
      return fields;
    });
}
