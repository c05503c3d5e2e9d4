import type { Socket } from "node:net";
import type { Fault, Trickle } from "./fault.js";
import { pause } from "./pause.js";
import type { ConnectionContext } from "./relay-context.js";

type Text = string | Uint8Array;

/** Brings replies onto the wire, in order, the next one as a fault wants it. */
export interface ReplyWriter {
  /** The proper reply to what arrived last. */
  reply(text: string): void;
  /** The fault that shapes the next reply. */
  shapeNext(fault: Fault | undefined): void;
  /** What the next reply says instead. */
  rewordNext(text: string, trickle?: Trickle): void;
  /** Something that is nobody's reply; silence does not keep it back. */
  say(text: Text, trickle?: Trickle): void;
  /** Runs once everything said so far has left, at once if it has. */
  whenSaid(action: () => void): void;
  /** After this, there are no more replies. */
  silence(): void;
  readonly silent: boolean;
}

export function createReplyWriter(
  { recorder, hop }: Pick<ConnectionContext, "recorder" | "hop">,
  stream: () => { readonly socket: Socket; readonly encrypted: boolean },
): ReplyWriter {
  let shape: Fault | undefined;
  let wording: { readonly text: string; readonly trickle: Trickle | undefined } | undefined;
  let silent = false;
  /** Undefined while nothing is under way, so that an ordinary reply leaves in the same tick. */
  let underWay: Promise<void> | undefined;

  const write = (bytes: Uint8Array): Promise<void> => {
    const { socket } = stream();
    return new Promise((resolve) => {
      if (bytes.length === 0 || !socket.writable) resolve();
      else socket.write(bytes, () => resolve());
    });
  };

  const writePieces = async (bytes: Uint8Array, trickle: Trickle): Promise<void> => {
    for (let start = 0; start < bytes.length && !recorder.closing.aborted; start += trickle.bytes) {
      if (start > 0) await pause(trickle.everyMs, recorder.closing);
      await write(bytes.subarray(start, start + trickle.bytes));
    }
  };

  const enqueue = (task: () => Promise<void>): Promise<void> => {
    const run = (underWay ? underWay.then(task) : task()).then(() => {
      if (underWay === run) underWay = undefined;
    });
    underWay = run;
    return run;
  };

  const say = (text: Text, trickle?: Trickle): Promise<void> => {
    const bytes = Buffer.from(text);
    if (bytes.length > 0) recorder.said(bytes.toString(), stream().encrypted);
    if (trickle) return enqueue(() => writePieces(bytes, trickle));
    return underWay ? enqueue(() => write(bytes)) : write(bytes);
  };

  const silence = (): void => {
    silent = true;
    hop.abandon(stream().socket);
  };

  const replyAndDrop = async (said: Promise<void> | undefined, by: "reset" | "end" | undefined) => {
    await said;
    await hop.flushed();
    recorder.connection.drop(by);
  };

  return {
    reply: (proper) => {
      if (silent) return;
      const { text, trickle } = wording ?? { text: proper, trickle: undefined };
      const fault = shape;
      shape = undefined;
      wording = undefined;
      if (!fault) {
        say(text, trickle);
        return;
      }
      const action = fault.do;
      if ("stall" in action) return silence();
      if ("drop" in action) {
        silence();
        const withheld = fault.at === "end-of-data" && action.drop === "after";
        void replyAndDrop(withheld ? undefined : say(text), action.with);
        return;
      }
      const pieces = "trickle" in action ? action.trickle : undefined;
      if ("raw" in action) say(action.raw, pieces);
      else say("extra" in action ? text + action.extra : text, pieces);
    },
    shapeNext: (fault) => {
      shape = fault;
    },
    rewordNext: (text, trickle) => {
      wording = { text, trickle };
    },
    say,
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
