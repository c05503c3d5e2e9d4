import type { RelayHeader } from "../compose/relay-header.js";

/** RFC 5322 section 2.1.1. */
const lineCharacters = 998;

/**
 * Why these fields cannot be written as they are: a last line of defence behind what a preset itself refuses. ASCII only,
 * since no relay says whether it decodes words (RFC 2047) in its own fields; no word longer than a line.
 */
export function findHeaderFaults(headers: readonly RelayHeader[]): string[] {
  return headers.flatMap(([name, value]) => {
    if (!/^[\w-]{1,76}$/.test(name))
      return [`The header name ${JSON.stringify(name.slice(0, 76))} is not allowed.`];
    if (!/^[ -~]*$/.test(value)) return [`The header ${name} must be ASCII, without control characters.`];
    if (value.includes("=?"))
      return [`The header ${name} must not contain "=?", which readers would decode.`];
    if (value === "" || value !== value.trim())
      return [`The header ${name} must not be empty, nor begin or end with a blank.`];
    const longest = Math.max(...value.split(" ").map((word) => word.length));
    return longest + name.length + 2 > lineCharacters
      ? [`The header ${name} has a word longer than a line.`]
      : [];
  });
}
