import type { TranscriptEntry } from "@getfluxly/email-core";
import type { SmtpReply } from "../session/reply.js";

export interface Transcript {
  readonly entries: readonly TranscriptEntry[];
  said(line: string, encrypted: boolean): void;
  heard(reply: SmtpReply, encrypted: boolean): void;
  note(text: string): void;
}

const maxEntries = 200;
const maxCharacters = 1_000;

/** The dialog without credentials: what follows AUTH is left out by its place, and whatever looks like a secret by its value. */
export function createTranscript(redact: (text: string) => string, now: () => number): Transcript {
  const entries: TranscriptEntry[] = [];
  const startedAt = now();
  let isLoggingIn = false;

  function add(from: TranscriptEntry["from"], encrypted: boolean, text: string, isHidden = false): void {
    if (entries.length >= maxEntries) return;
    const shown = redact(text)
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, " ")
      .slice(0, maxCharacters);
    const redacted = isHidden || shown.includes("[redacted]");
    entries.push({
      atMs: Math.round(now() - startedAt),
      from,
      encrypted,
      text: shown,
      ...(redacted && { redacted: true }),
    });
  }

  return {
    entries,
    said(line, encrypted) {
      for (const command of line.split("\r\n")) {
        if (command === "") continue;
        const [, login] = /^(AUTH [\w-]+)( .+)?$/i.exec(command) ?? [];
        if (login !== undefined) {
          isLoggingIn = true;
          const hasMore = command.length > login.length;
          add("us", encrypted, hasMore ? `${login} [redacted]` : login, hasMore);
        } else if (isLoggingIn) add("us", encrypted, "[redacted]", true);
        else add("us", encrypted, command);
      }
    },
    heard({ code, lines }, encrypted) {
      if (code !== 334) isLoggingIn = false;
      // A challenge may hold what we have just said.
      const shown = code === 334 ? [""] : lines;
      for (const [index, line] of shown.entries()) {
        add("relay", encrypted, `${code}${index < shown.length - 1 ? "-" : " "}${line}`);
      }
    },
    note: (text) => add("note", false, text),
  };
}
