import type { SmtpReply } from "./reply.js";

/**
 * `lost`: the connection ended. `silent`: no answer within its time. `aborted`: the caller's signal.
 * `violation`: the peer said something that does not belong here. `interjected`: it refused without being asked
 * (a 421 before closing, a 552 in the middle of the body).
 */
export type WireErrorKind = "lost" | "silent" | "aborted" | "violation" | "interjected";

/** Why a connection is unusable. Internal: `toSessionFailure` makes it an `EmailError`, which knows the stage. */
export class WireError extends Error {
  readonly kind: WireErrorKind;
  readonly reply: SmtpReply | undefined;

  constructor(kind: WireErrorKind, message: string, details: { cause?: unknown; reply?: SmtpReply } = {}) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.reply = details.reply;
  }
}
