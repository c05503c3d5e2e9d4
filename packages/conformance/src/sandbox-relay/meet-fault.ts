import type { Fault, FaultPoint, Trickle } from "./fault.js";
import { pause } from "./pause.js";
import type { ConnectionContext } from "./relay-context.js";

/**
 * What is left to do after a fault did what it does before its point is processed.
 *
 * - `proceed`: act; the reply is still to be shaped by the fault, if there is one.
 * - `silent`: nothing; the connection is gone, or will never be answered again.
 * - `reply`: say this instead of acting.
 */
export type Meeting =
  | { readonly next: "proceed"; readonly fault: Fault | undefined }
  | { readonly next: "silent" }
  | { readonly next: "reply"; readonly text: string; readonly trickle: Trickle | undefined };

/** There is no hop before the session begins. */
type FaultContext = Pick<ConnectionContext, "script" | "recorder"> & Partial<Pick<ConnectionContext, "hop">>;

/** Asynchronous only where there is a fault: without one, what arrived is processed in the tick in which it came. */
export function meetFault(context: FaultContext, point: FaultPoint): Meeting | Promise<Meeting> {
  const fault = context.script.take(point);
  return fault ? meet(context, fault) : { next: "proceed", fault: undefined };
}

export async function meet({ script, recorder, hop }: FaultContext, fault: Fault): Promise<Meeting> {
  const action = fault.do;
  script.met(fault);
  if ("delayMs" in action && action.delayMs !== undefined) await pause(action.delayMs, recorder.closing);
  if ("drop" in action && action.drop === "before") {
    // The answers to what came before (the client may have pipelined) are no part of the fault.
    await hop?.flushed();
    recorder.connection.drop(action.with);
    return { next: "silent" };
  }
  if ("stall" in action && action.stall !== "after") return { next: "silent" };
  if (!("reply" in action)) return { next: "proceed", fault };
  const text = action.reply.endsWith("\n") ? action.reply : `${action.reply}\r\n`;
  return { next: "reply", text, trickle: action.trickle };
}
