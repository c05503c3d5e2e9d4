import { meet } from "./meet-fault.js";
import { meetHandshake } from "./meet-handshake.js";
import type { ConnectionContext, RelayContext } from "./relay-context.js";
import { startSmtpSession } from "./smtp-session.js";

/** Takes an accepted TCP connection, which is still paused, to the point where SMTP begins. */
export async function acceptConnection(
  context: RelayContext & Pick<ConnectionContext, "transport" | "recorder">,
): Promise<void> {
  const { transport, server, recorder, script } = context;
  const fault = script.take("connect");
  if (fault) {
    const meeting = await meet(context, fault);
    if ("raw" in fault.do) transport.write(fault.do.raw);
    if ("drop" in fault.do) recorder.connection.drop(fault.do.with);
    if (meeting.next === "silent" || "raw" in fault.do || "drop" in fault.do || "stall" in fault.do) {
      // Nobody listens; it flows so that its end is noticed.
      transport.resume();
      return;
    }
  }

  const hop = await context.hops.open(transport).catch(() => undefined);
  if (!hop) {
    // The relay was closed meanwhile.
    transport.destroy();
    return;
  }
  transport.resume();
  if (context.options.tls !== "implicit") {
    startSmtpSession({ ...context, hop }, hop.socket);
    return;
  }

  const meeting = await meetHandshake(context, 0);
  if (meeting.next === "silent") {
    hop.abandon(hop.socket);
    return;
  }
  server._upgrade(hop.socket, (error, secure) => {
    // smtp-server closes the connection itself where the handshake failed.
    if (error || !secure) return;
    recorder.secured(secure);
    if (!meeting.whenSecure) return startSmtpSession({ ...context, hop }, secure);
    hop.abandon(secure);
    secure.on("error", () => undefined);
    meeting.whenSecure();
  });
}
