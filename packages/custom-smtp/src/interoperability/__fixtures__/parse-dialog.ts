import type { WireEvent } from "./wiretap.js";

/** A command, or the content of a message, and the server's answer to it. */
export interface DialogStep {
  /** Without the line end; `.` for content. */
  readonly command: string;
  /** Without dot-stuffing; with its last line end. */
  readonly content?: Buffer;
  /** Its last line. */
  readonly reply: string;
  /** Whether its first octet came before the answer to the step before. */
  readonly isAhead: boolean;
}

/** A connection in clear, step by step; throws where commands and answers do not pair. */
export function parseDialog(events: readonly WireEvent[]): DialogStep[] {
  const server = readSide(events, "server");
  const client = readSide(events, "client");
  const replies = [...server.text.matchAll(/^(?:\d{3}-.*\r\n)*(\d{3}(?: .*)?)\r\n/gm)].map(
    ({ 0: all, 1: line = "", index }) => ({ line, at: server.eventOf(index + all.length - 1) }),
  );
  const steps: DialogStep[] = [];
  let at = 0;
  let isContent = false;
  while (at < client.text.length) {
    const before = replies[steps.length];
    // A server may be gone before it answers QUIT.
    const reply =
      replies[steps.length + 1] ?? (client.text.slice(at) === "QUIT\r\n" ? { line: "" } : undefined);
    if (!before || !reply) throw new Error(`no answer to ${client.text.slice(at, at + 80)}`);
    const isAhead = client.eventOf(at) < before.at;
    // The line end before the dot may be that of DATA.
    const end = isContent
      ? client.text.indexOf("\r\n.\r\n", at - 2) + 5
      : client.text.indexOf("\r\n", at) + 2;
    if (end < (isContent ? 5 : 2)) throw new Error(`no end of ${client.text.slice(at, at + 80)}`);
    const text = client.text.slice(at, end);
    steps.push({
      command: isContent ? "." : text.slice(0, -2),
      ...(isContent && { content: Buffer.from(text.slice(0, -3).replace(/(^|\r\n)\./g, "$1"), "latin1") }),
      reply: reply.line,
      isAhead,
    });
    isContent = text === "DATA\r\n" && reply.line.startsWith("354");
    at = end;
  }
  return steps;
}

/** All that came from one side, an octet a character, and in which event each of them came. */
function readSide(events: readonly WireEvent[], from: WireEvent["from"]) {
  const ends: { readonly offset: number; readonly event: number }[] = [];
  const chunks: Buffer[] = [];
  let offset = 0;
  for (const [event, { from: side, bytes }] of events.entries()) {
    if (side !== from) continue;
    offset += bytes.length;
    chunks.push(bytes);
    ends.push({ offset, event });
  }
  return {
    text: Buffer.concat(chunks).toString("latin1"),
    eventOf: (place: number) => ends.find((end) => end.offset > place)?.event ?? events.length,
  };
}
