/**
 * A value as JSON for a header field. ASCII: everything else is escaped. Blanks stand only between members, where a
 * folded line may break without changing a text; nothing in it reads as an encoded word (RFC 2047).
 */
export function toJsonHeader(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toJsonHeader).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(
      ([key, member]) => `${toJsonHeader(key)}: ${toJsonHeader(member)}`,
    );
    return `{${members.join(", ")}}`;
  }
  return JSON.stringify(value).replace(/[^!-~]|=(?=\?)/g, toEscape);
}

function toEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
