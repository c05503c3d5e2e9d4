import { Refusal } from "../session/refusal.js";
import { WireError } from "../session/wire-error.js";
import type { Pipelining, PipeliningLevel } from "./create-pipelining.js";

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
  if (error instanceof Refusal) return !error.wellFormed;
  if (!(error instanceof WireError)) return false;
  switch (error.kind) {
    case "violation":
      return true;
    case "interjected":
      return error.reply?.code !== 421;
    case "silent":
      return !pipelining.isProven(level);
    case "lost":
      return level === "ahead" && !pipelining.isProven(level);
    default:
      return false;
  }
}
