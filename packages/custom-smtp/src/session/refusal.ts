import type { SmtpReply } from "./reply.js";

/** The relay answered, and the answer was no (or was not the one that this command has). */
export class Refusal extends Error {
  readonly reply: SmtpReply;
  /** False for an answer that this command cannot have, such as 250 to AUTH. */
  readonly wellFormed: boolean;

  constructor(reply: SmtpReply) {
    super(`refused with ${reply.code}`);
    this.reply = reply;
    this.wellFormed = reply.code >= 400;
  }
}
