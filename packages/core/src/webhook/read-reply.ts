import type { EmailEvent } from "../contract/index.js";
import { findStatus } from "./find-status.js";

export type SmtpReply = NonNullable<EmailEvent["smtp"]>;

/**
 * The other server's reply out of what a relay tells: its fields where they are real codes, else its text. Undefined
 * when nothing is told.
 */
export function readReply(told: {
  readonly text?: string | undefined;
  readonly code?: unknown;
  readonly status?: unknown;
}): SmtpReply | undefined {
  const text = told.text?.trim() || null;
  const code = toCode(told.code) ?? toCode(findCode(text ?? ""));
  const status = findStatus(String(told.status ?? "")) ?? findStatus(text ?? "");
  return text === null && code === null && status === null ? undefined : { code, status, text };
}

/** At the beginning, after `smtp;` (RFC 3464 section 2.3.6), or where Postfix quotes: `host mx.example.net said: 550 ...`. */
function findCode(text: string): string | undefined {
  return /(?:^|^smtp; *|\bsaid: *)([245]\d\d)(?![\d.])/i.exec(text)?.[1];
}

/** RFC 5321 section 4.2 leaves a few second digits; relays invented 498, 499 and 6xx for themselves. */
function toCode(value: unknown): number | null {
  const text = typeof value === "number" || typeof value === "string" ? String(value) : "";
  return /^[245][0-7]\d$/.test(text) ? Number(text) : null;
}
