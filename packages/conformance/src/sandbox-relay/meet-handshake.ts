import { meet } from "./meet-fault.js";
import type { ConnectionContext } from "./relay-context.js";

/** Whether the handshake goes on; `whenSecure` is to be called instead of using the secure connection. */
export type HandshakeMeeting =
  | { readonly next: "silent" }
  | { readonly next: "proceed"; readonly whenSecure: (() => void) | undefined };

/** Meets the fault at `tls-handshake`, once the first octet of the handshake arrived: octets up to `before` are older. */
export async function meetHandshake(
  context: Pick<ConnectionContext, "script" | "recorder" | "transport">,
  before: number,
): Promise<HandshakeMeeting> {
  const fault = context.script.take("tls-handshake");
  if (!fault) return { next: "proceed", whenSecure: undefined };
  await context.recorder.octetsBeyond(before);
  const meeting = await meet(context, fault);
  if (meeting.next !== "proceed") return { next: "silent" };
  const action = fault.do;
  if ("raw" in action) {
    context.transport.write(action.raw);
    return { next: "silent" };
  }
  if ("drop" in action) {
    return { next: "proceed", whenSecure: () => context.recorder.connection.drop(action.with) };
  }
  return { next: "proceed", whenSecure: "stall" in action ? () => undefined : undefined };
}
