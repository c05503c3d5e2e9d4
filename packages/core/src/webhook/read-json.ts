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
    return /\d{16}/.test(text) ? JSON.parse(quoteLargeIntegers(text)) : value;
  } catch {
    return undefined;
  }
}

function quoteLargeIntegers(json: string): string {
  return json.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g, (token) =>
    /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
  );
}
