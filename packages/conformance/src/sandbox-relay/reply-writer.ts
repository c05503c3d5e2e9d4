import type { Socket } from "node:net";
import type { Fault, Trickle } from "./fault.js";
import { pause } from "./pause.js";
import type { ConnectionContext } from "./relay-context.js";

/** Brings replies onto the wire, in order, the next one as a fault wants it. */
export interface ReplyWriter {
  /** The fault that shapes the next reply; `text` replaces its wording. */
  shapeNext(shape: { readonly fault?: Fault | undefined; readonly text?: string | undefined }): void;
  /** The proper reply to what arrived last. */
  reply(text: string): void;
  /** Something else than a reply. */
  say(text: string, trickle?: Trickle): void;
  /** Runs once everything said so far has left, at once if it has. */
  whenSaid(action: () => void): void;
  /** After this, nothing is said any more. */
  silence(): void;
  readonly silent: boolean;
}

export function createReplyWriter(
  { recorder, hop }: ConnectionContext,
  stream: () => { readonly socket: Socket; readonly encrypted: boolean },
): ReplyWriter {
  let shape: { readonly fault?: Fault | undefined; readonly text?: string | undefined } = {};
  let silent = false;
  /** Undefined while nothing is under way, so that an ordinary reply leaves in the same tick. */
  let underWay: Promise<void> | undefined;

  const write = (text: string): Promise<void> => {
    const { socket } = stream();
    return new Promise((resolve) => {
      if (text === "" || !socket.writable) resolve();
      else socket.write(Buffer.from(text), () => resolve());
    });
  };

  const silence = (): void => {
    silent = true;
    hop.abandon(stream().socket);
  };

  const writePieces = async (text: string, trickle: Trickle): Promise<void> => {
    const bytes = Buffer.from(text);
    for (let start = 0; start < bytes.length && !recorder.closing.aborted; start += trickle.bytes) {
      if (start > 0) await pause(trickle.everyMs, recorder.closing);
      const { socket } = stream();
      if (socket.writable) socket.write(bytes.subarray(start, start + trickle.bytes));
    }
  };

  const enqueue = (task: () => Promise<void>): Promise<void> => {
    const run = underWay ? underWay.then(task) : task();
    const tracked: Promise<void> = run.then(() => {
      if (underWay === tracked) underWay = undefined;
    });
    underWay = tracked;
    return tracked;
  };

  const say = (text: string, trickle?: Trickle): Promise<void> | undefined => {
    if (text !== "") recorder.said(text, stream().encrypted);
    if (trickle) return enqueue(() => writePieces(text, trickle));
    if (underWay) return enqueue(() => write(text));
    return write(text);
  };

  return {
    shapeNext: (next) => {
      shape = next;
    },
    reply: (proper) => {
      if (silent) return;
      const { fault, text } = shape;
      shape = {};
      const action = fault?.do;
      if (!action) {
        say(text ?? proper);
        return;
      }
      if ("stall" in action) return silence();
      if ("drop" in action) {
        silence();
        const withheld = fault.at === "end-of-data" && action.drop === "after";
        const said = withheld ? undefined : say(text ?? proper);
        void Promise.resolve(said)
          .then(hop.flushed)
          .then(() => recorder.connection.drop(action.with));
        return;
      }
      const trickle = "trickle" in action ? action.trickle : undefined;
      if ("raw" in action) say(action.raw, trickle);
      else say((text ?? proper) + ("extra" in action ? action.extra : ""), trickle);
    },
    say: (text, trickle) => {
      if (!silent) say(text, trickle);
    },
    whenSaid: (action) => {
      if (underWay) void underWay.then(action);
      else action();
    },
    silence,
    get silent() {
      return silent;
    },
  };
}
