import type { Content } from "./content.js";
import type { Progress } from "./progress.js";
import { stepTimeoutsMs } from "./session-options.js";
import type { Wire } from "./wire.js";

/** Large contents leave in pieces, so that a connection that dies in between is known to have died before the dot. */
const pieceOctets = 64 * 1024;

/** Commands that leave in the same write as the end of the content, and how many replies they have. */
export interface Following {
  readonly text: string;
  readonly replies: number;
}

export const nothing: Following = { text: "", replies: 0 };

/** Hands the content over; the relay's answer to it is due then, and after it those to what follows. */
export async function transmitContent(
  wire: Wire,
  content: Content,
  following: Following,
  progress: Progress,
): Promise<void> {
  // Something may have happened while the handover was prepared.
  wire.assertQuiet();
  progress.stage = "body";
  let last: Buffer | undefined;
  for (const piece of inPieces(content)) {
    if (last !== undefined) {
      progress.contentReleased = true;
      await wire.write(last, stepTimeoutsMs.dataBlock);
      wire.assertQuiet();
    }
    last = piece;
  }
  progress.stage = "end-of-data";
  progress.contentReleased = true;
  progress.terminatorReleased = true;
  if (last !== undefined) wire.command(last, 0);
  wire.command(`.\r\n${following.text}`, 1 + following.replies);
}

function* inPieces({ pieces }: Content): Iterable<Buffer> {
  for (const piece of pieces) {
    for (let start = 0; start < piece.length; start += pieceOctets) {
      yield piece.subarray(start, start + pieceOctets);
    }
  }
}
