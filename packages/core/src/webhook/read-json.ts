import type { WebhookRequest } from "../contract/index.js";

/**
 * The body as JSON; undefined when it is none. Integers that a double cannot hold become texts. Broken UTF-8 becomes
 * U+FFFD: relays repeat what other servers said, and one stray octet must not lose the rest.
 */
export function readJson(request: WebhookRequest): unknown {
  return parseJson(new TextDecoder().decode(request.body));
}

/** The same for a text, such as JSON within JSON. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    // Only what is known to be JSON is searched: there every text ends, so the search takes one pass.
    return holdsLargeNumber(value, 0) ? JSON.parse(quoteLargeIntegers(text)) : value;
  } catch {
    return undefined;
  }
}

/** How deep it is worth to look for numbers. What is deeper is taken to have some, so the stack is safe. */
const searchedDepth = 64;

/** Whether a number may have lost digits. Much faster than a search through the text. */
function holdsLargeNumber(value: unknown, depth: number): boolean {
  if (typeof value === "number") return Math.abs(value) > Number.MAX_SAFE_INTEGER;
  if (typeof value !== "object" || value === null) return false;
  if (depth === searchedDepth) return true;
  for (const member of Object.values(value)) {
    if (typeof member !== "string" && holdsLargeNumber(member, depth + 1)) return true;
  }
  return false;
}

function quoteLargeIntegers(json: string): string {
  return json.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g, (token) =>
    /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
  );
}
