import type { Fault, FaultPoint } from "./fault.js";
import { pause } from "./pause.js";
import type { ConnectionContext } from "./relay-context.js";

/**
 * Does what a fault does before its point is processed.
 *
 * - `proceed`: go on; the reply is still to be shaped by the fault, if there is one.
 * - `silent`: the connection is gone or will never be answered again.
 * - `reply`: say this and do not act.
 */
export type Meeting =
  | { readonly next: "proceed"; readonly fault: Fault | undefined }
  | { readonly next: "silent" }
  | { readonly next: "reply"; readonly fault: Fault; readonly reply: string };

type FaultContext = Pick<ConnectionContext, "script" | "recorder">;

export function meetFault(context: FaultContext, point: FaultPoint): Meeting | Promise<Meeting> {
  const fault = context.script.take(point);
  return fault ? meet(context, fault) : { next: "proceed", fault: undefined };
}

export async function meet({ script, recorder }: FaultContext, fault: Fault): Promise<Meeting> {
  const action = fault.do;
  script.met(fault);
  if ("delayMs" in action && action.delayMs !== undefined) await pause(action.delayMs, recorder.closing);
  if ("drop" in action && action.drop === "before") {
    recorder.connection.drop(action.with);
    return { next: "silent" };
  }
  if ("stall" in action && action.stall !== "after") return { next: "silent" };
  if ("reply" in action) return { next: "reply", fault, reply: withLineEnd(action.reply) };
  return { next: "proceed", fault };
}

const withLineEnd = (text: string): string => (text.endsWith("\n") ? text : `${text}\r\n`);
