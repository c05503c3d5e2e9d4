import type { SmtpReply } from "./reply.js";

/** What a relay announced in its answer to EHLO (RFC 5321 section 4.1.1.1). */
export interface Extensions {
  readonly startTls: boolean;
  readonly pipelining: boolean;
  readonly eightBitMime: boolean;
  readonly smtpUtf8: boolean;
  /** SASL mechanisms, upper case. */
  readonly authentication: ReadonlySet<string>;
  /** RFC 1870, in octets; undefined when not announced or without a limit. */
  readonly maximumMessageBytes: number | undefined;
  readonly sizeAnnounced: boolean;
}

/** For a server that knows no EHLO. */
export const noExtensions: Extensions = parseExtensions({ code: 250, lines: [] });

/**
 * Keyword by keyword, line by line: the first line is the server's greeting and announces nothing, and a word inside
 * another line's parameters is not a keyword.
 */
export function parseExtensions(reply: SmtpReply): Extensions {
  const keywords = new Map<string, readonly string[]>();
  for (const line of reply.lines.slice(1)) {
    const [keyword = "", ...parameters] = line.trim().split(/ +/);
    keywords.set(keyword.toUpperCase(), parameters);
  }
  const size = keywords.get("SIZE")?.[0];
  const limit = size !== undefined && /^[0-9]{1,15}$/.test(size) ? Number(size) : 0;
  return {
    startTls: keywords.has("STARTTLS"),
    pipelining: keywords.has("PIPELINING"),
    eightBitMime: keywords.has("8BITMIME"),
    smtpUtf8: keywords.has("SMTPUTF8"),
    authentication: new Set((keywords.get("AUTH") ?? []).map((mechanism) => mechanism.toUpperCase())),
    maximumMessageBytes: limit > 0 ? limit : undefined,
    sizeAnnounced: keywords.has("SIZE"),
  };
}
