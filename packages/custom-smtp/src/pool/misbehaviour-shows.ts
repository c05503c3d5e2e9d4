import { Refusal } from "../session/refusal.js";
import { WireError } from "../session/wire-error.js";
import type { Pipelining, PipeliningLevel } from "./create-pipelining.js";

/** Whether a connection ended with an answer that does not belong: an extra one, or one that this command cannot have. */
export function isOutOfOrder(error: unknown): boolean {
  if (error instanceof Refusal) return !error.wellFormed;
  if (!(error instanceof WireError)) return false;
  return error.kind === "violation" || (error.kind === "interjected" && error.reply?.code !== 421);
}

/**
 * Whether the end of a connection tells that the relay cannot cope with commands at this level. Answers that do not
 * belong always do. Silence does while the relay has never answered such a group; a lost connection, which has many
 * other causes, does so only for what was sent ahead, where giving it up costs little.
 */
export function misbehaviourShows(
  error: unknown,
  level: PipeliningLevel,
  pipelining: Pick<Pipelining, "isProven">,
): boolean {
  if (level === "sequential") return false;
  if (isOutOfOrder(error)) return true;
  if (!(error instanceof WireError) || pipelining.isProven(level)) return false;
  return error.kind === "silent" || (error.kind === "lost" && level === "ahead");
}
