/** Header fields by their name in lower case. */
export interface Fields {
  /** Of a name that comes twice, the first. */
  get(name: string): string | undefined;
  all(name: string): readonly string[];
}

/** Blocks of header fields with blank lines between them (RFC 3464 section 2.1), continued lines joined. */
export function parseFields(text: string): Fields[] {
  return text
    .replace(/\r\n?/g, "\n")
    .split(/\n[ \t]*\n/)
    .filter((block) => block.trim() !== "")
    .map(parseBlock);
}

function parseBlock(block: string): Fields {
  const fields = new Map<string, string[]>();
  for (const line of block.replace(/\n[ \t]+/g, " ").split("\n")) {
    const colon = line.indexOf(":");
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    const values = fields.get(name);
    if (values) values.push(value);
    else fields.set(name, [value]);
  }
  const all = (name: string) => fields.get(name) ?? [];
  return { get: (name) => all(name)[0], all };
}
