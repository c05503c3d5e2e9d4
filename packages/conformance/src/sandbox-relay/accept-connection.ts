import { meet } from "./meet-fault.js";
import { meetHandshake } from "./meet-handshake.js";
import { RecordedSocket } from "./recorded-socket.js";
import type { ConnectionContext } from "./relay-context.js";
import { startSmtpSession } from "./smtp-session.js";

/** Takes an accepted TCP connection to the point where SMTP begins. */
export async function acceptConnection(context: ConnectionContext): Promise<void> {
  const { transport, server, recorder, script } = context;
  const socket = new RecordedSocket(transport);

  const fault = script.take("connect");
  if (fault) {
    const meeting = await meet(context, fault);
    if (meeting.next !== "proceed") return;
    if ("raw" in fault.do) {
      transport.write(fault.do.raw);
      return;
    }
    if ("drop" in fault.do) return recorder.connection.drop(fault.do.with);
    if ("stall" in fault.do) return;
  }

  if (context.options.tls !== "implicit") return startSmtpSession(context, socket);

  const meeting = await meetHandshake(context, 0);
  if (meeting.next === "silent") return;
  server._upgrade(socket, (error, secure) => {
    if (error || !secure) {
      transport.destroy();
      return;
    }
    recorder.secured(secure);
    if (meeting.whenSecure) meeting.whenSecure();
    else startSmtpSession(context, secure);
  });
  socket.startTls();
}
