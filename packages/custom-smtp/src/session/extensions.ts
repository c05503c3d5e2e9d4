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
  /** RFC 3461. */
  readonly dsn: boolean;
  /** RFC 9422; undefined where it sets none. */
  readonly limits: {
    readonly maxMessagesPerConnection: number | undefined;
    readonly maxRecipients: number | undefined;
    readonly maxRecipientDomains: number | undefined;
  };
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
    // RFC 5321 section 4.1.1.1: what is not spelt like a keyword is none. Of a keyword that is told twice, the first counts.
    if (!/^[a-z0-9][a-z0-9-]*$/i.test(keyword) || keywords.has(keyword.toUpperCase())) continue;
    keywords.set(keyword.toUpperCase(), parameters);
  }
  const size = keywords.get("SIZE")?.[0];
  const limit = size !== undefined && /^[0-9]{1,15}$/.test(size) ? Number(size) : 0;
  const limits = keywords.get("LIMITS") ?? [];
  return {
    startTls: keywords.has("STARTTLS"),
    pipelining: keywords.has("PIPELINING"),
    eightBitMime: keywords.has("8BITMIME"),
    smtpUtf8: keywords.has("SMTPUTF8"),
    authentication: new Set((keywords.get("AUTH") ?? []).map((mechanism) => mechanism.toUpperCase())),
    maximumMessageBytes: limit > 0 ? limit : undefined,
    sizeAnnounced: keywords.has("SIZE"),
    dsn: keywords.has("DSN"),
    limits: {
      maxMessagesPerConnection: limitOf(limits, "MAILMAX"),
      maxRecipients: limitOf(limits, "RCPTMAX"),
      maxRecipientDomains: limitOf(limits, "RCPTDOMAINMAX"),
    },
  };
}

/** RFC 9422 section 4: `NAME=` and a whole number of one to six digits that does not begin with 0. */
function limitOf(parameters: readonly string[], name: string): number | undefined {
  for (const parameter of parameters) {
    const value = /^([A-Z]+)=([1-9][0-9]{0,5})$/i.exec(parameter);
    if (value?.[1]?.toUpperCase() === name) return Number(value[2]);
  }
  return undefined;
}
