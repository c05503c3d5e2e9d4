import type { SmtpReply } from "./reply.js";

/** RFC 5321 section 4.5.3.1.5 asks for 512 octets; relays exceed it with long texts, none needs more than this. */
const maximumLineOctets = 4096;
const maximumLines = 200;

export interface ReplyParser {
  /**
   * Tells the complete replies in this chunk, in order. Throws a `ReplySyntaxError` at the first octet that cannot be
   * SMTP, after the replies before it.
   */
  push(chunk: Buffer, onReply: (reply: SmtpReply) => void): void;
  /** Whether the beginning of a further reply has been received. */
  hasPartialReply(): boolean;
}

const nothing: Buffer = Buffer.alloc(0);

export class ReplySyntaxError extends Error {}

/**
 * Reads replies line by line (RFC 5321 section 4.2). Strict where leniency would let two sides disagree about where a
 * reply ends: lines end with CRLF, all lines of a reply carry the same code, nothing is skipped.
 */
export function createReplyParser(): ReplyParser {
  let rest = nothing;
  let lines: string[] = [];
  let code = 0;

  function readLine(line: string): SmtpReply | undefined {
    const match = /^([2-5][0-9]{2})(?:([ -])(.*))?$/s.exec(line);
    if (!match) throw new ReplySyntaxError("a line that is not an SMTP reply");
    const lineCode = Number(match[1]);
    if (lines.length > 0 && lineCode !== code)
      throw new ReplySyntaxError("a reply whose lines differ in code");
    code = lineCode;
    lines.push(match[3] ?? "");
    if (lines.length > maximumLines) throw new ReplySyntaxError("a reply of too many lines");
    if (match[2] === "-") return undefined;
    const reply = { code, lines };
    lines = [];
    return reply;
  }

  return {
    push(chunk, onReply) {
      const input = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = input.indexOf(0x0a); end >= 0; end = input.indexOf(0x0a, start)) {
        if (end - start > maximumLineOctets) throw new ReplySyntaxError("a line that is too long");
        if (end === start || input[end - 1] !== 0x0d) {
          throw new ReplySyntaxError("a line that does not end with CRLF");
        }
        const reply = readLine(input.toString("utf8", start, end - 1));
        start = end + 1;
        if (reply) onReply(reply);
      }
      if (input.length - start > maximumLineOctets) throw new ReplySyntaxError("a line that is too long");
      rest = start === input.length ? nothing : input.subarray(start);
    },
    hasPartialReply: () => rest.length > 0 || lines.length > 0,
  };
}
