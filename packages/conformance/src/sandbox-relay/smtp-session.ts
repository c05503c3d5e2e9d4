import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { SMTPConnection } from "smtp-server/lib/smtp-connection";
import type { SessionHandlers } from "./create-smtp-server.js";
import type { FaultPoint } from "./fault.js";
import { type Meeting, meetFault } from "./meet-fault.js";
import { meetHandshake } from "./meet-handshake.js";
import { receiveContent } from "./receive-content.js";
import { refusalFor } from "./refusal-for.js";
import type { ConnectionContext } from "./relay-context.js";
import { createReplyWriter } from "./reply-writer.js";

/**
 * Runs one SMTP session on smtp-server's own connection object and puts the faults around four of its methods: the one that gets
 * each command line (`_onCommand`), the one that sends each reply (`send`), `upgrade` (STARTTLS) and `close`. smtp-server has
 * no hooks at these places. Its version is pinned exactly, and this is the only file that knows its insides; so that the
 * protocol itself (parsing, states, replies, SASL, dot-unstuffing, TLS) stays a third party's and not ours.
 */
export function startSmtpSession(context: ConnectionContext, socket: Socket | TLSSocket): void {
  const { recorder, server, options } = context;
  const connection = new SMTPConnection(server, socket, {
    remoteAddress: context.transport.remoteAddress,
    remotePort: recorder.connection.remotePort,
  });
  const inner = {
    onCommand: connection._onCommand.bind(connection),
    upgrade: connection.upgrade.bind(connection),
    close: connection.close.bind(connection),
  };
  const writer = createReplyWriter(context, () => ({
    socket: connection._socket,
    encrypted: connection.secure,
  }));
  const clearAuthentication = options.authenticationInClear ?? options.tls === "none";
  let upgraded = false;
  let refused = false;
  let insteadOfSecure: (() => void) | undefined;

  connection.send = (code, data, statusContext) => {
    const hideAuthentication = Array.isArray(data) && !connection.secure && !clearAuthentication;
    const visible = hideAuthentication ? data.filter((line) => !/^AUTH\b/.test(line)) : data;
    const text = formatReply(connection, code, visible, statusContext);
    if (text !== undefined) writer.reply(text);
    if (code === 421) connection.close();
  };

  connection.close = () => {
    // Where a fault drops or stalls the connection, that is how it ends.
    if (!writer.silent) writer.whenSaid(inner.close);
  };

  connection._onCommand = (command, callback) => {
    // Bytes that were sent in clear behind STARTTLS belong to nobody; smtp-server drops them without a reply.
    if (connection._upgrading) return inner.onCommand(command, callback);
    if (writer.silent) return;
    const line = command.toString();
    const next = (): void => writer.whenSaid(() => callback?.());
    const continuation = connection._nextHandler !== false;
    if (continuation) recorder.heard(line, connection.secure);
    else recorder.heardCommand(line, connection.secure);

    if (refused) return answerRefused(line, next);
    if (!connection._ready) return inner.onCommand(command, next);
    const point = continuation ? "auth-continuation" : pointOf(line, upgraded);
    whenMet(point ? meetFault(context, point) : { next: "proceed", fault: undefined }, (meeting) => {
      if (meeting.next === "silent") return writer.silence();
      if (meeting.next === "reply") {
        expectContinuation(meeting.reply.startsWith("334"));
        return sayInstead(meeting, next);
      }
      writer.shapeNext({ fault: meeting.fault });
      currentLine = line;
      act(command, line, continuation, next);
    });
  };

  connection.upgrade = (callback, secureCallback) => {
    if (writer.silent) return;
    const plain = connection._socket;
    // From here on the client's octets are a handshake and none of the parser's business.
    if (connection._parser) plain.unpipe(connection._parser);
    const octetsBefore = recorder.octetCount();
    writer.whenSaid(async () => {
      const meeting = await meetHandshake(context, octetsBefore);
      if (meeting.next === "silent") return writer.silence();
      insteadOfSecure = meeting.whenSecure;
      upgraded = true;
      inner.upgrade(callback, secureCallback);
    });
  };

  let currentLine = "";
  const act = (command: Buffer, line: string, continuation: boolean, next: () => void): void => {
    const name = continuation ? "" : commandName(line);
    if (
      name === "AUTH" &&
      !connection.secure &&
      !clearAuthentication &&
      options.authentication !== "not_offered"
    ) {
      connection.send(538, "Error: Must issue a STARTTLS command first");
      next();
      return;
    }
    if (options.acceptsEverything && !continuation && (name === "AUTH" || !connection._isSupported(name))) {
      connection.send(250, "OK");
      next();
      return;
    }
    inner.onCommand(command, next);
  };

  /** After a 334 that a fault said, the next line belongs to the AUTH exchange, whatever smtp-server thinks. */
  const expectContinuation = (expected: boolean): void => {
    if (!expected) connection._nextHandler = false;
    else if (connection._nextHandler === false) {
      connection._nextHandler = (_line, done) => {
        connection.send(535, "Error: Authentication credentials invalid");
        done();
      };
    }
  };

  const sayInstead = (meeting: Meeting & { readonly next: "reply" }, next: () => void): void => {
    writer.say(meeting.reply, "trickle" in meeting.fault.do ? meeting.fault.do.trickle : undefined);
    if (meeting.reply.startsWith("421")) connection.close();
    else next();
  };

  /** RFC 5321 section 3.1: after a refusal, a server waits for QUIT and answers anything else with 503. */
  const answerRefused = (line: string, next: () => void): void => {
    if (commandName(line) === "QUIT") {
      writer.say("221 2.0.0 Bye\r\n");
      connection.close();
      return;
    }
    writer.say("503 5.5.1 Bad sequence of commands\r\n");
    next();
  };

  const handlers: SessionHandlers = {
    authenticated: (user) => recorder.authenticated(user),
    onSecure: (proceed) => {
      const secure = connection._socket;
      if ("getProtocol" in secure) recorder.secured(secure);
      if (!insteadOfSecure) return proceed();
      writer.silence();
      insteadOfSecure();
    },
    onSender: (address, done) => {
      asSent.set(address, addressOf(currentLine));
      done(refuse(refusalFor(options.rejectSenders, addressOf(currentLine))));
    },
    onRecipient: (address, done) => {
      asSent.set(address, addressOf(currentLine));
      done(refuse(refusalFor(options.rejectRecipients, addressOf(currentLine))));
    },
    onContent: (stream, session, done) => {
      void receiveContent(context, {
        stream,
        session,
        writer,
        done,
        encrypted: connection.secure,
        asSent: (address) => asSent.get(address) ?? address.address,
        close: () => connection.close(),
      });
    },
  };
  const asSent = new WeakMap<object, string>();
  const refuse = (reply: string | undefined): Error | undefined => {
    if (reply === undefined) return undefined;
    writer.shapeNext({ text: `${reply}\r\n` });
    return Object.assign(new Error(reply), { responseCode: Number(reply.slice(0, 3)) });
  };

  context.sessions.set(connection.session, handlers);
  connection.on("error", () => undefined);
  server.connections.add(connection);
  recorder.speakThrough((text) => writer.say(text));
  connection._setListeners(() => {
    whenMet(meetFault(context, "greeting"), (meeting) => {
      if (meeting.next === "silent") return writer.silence();
      if (meeting.next === "reply" && !meeting.reply.startsWith("2")) {
        refused = true;
        return sayInstead(meeting, () => undefined);
      }
      if (meeting.next === "reply") writer.shapeNext({ text: meeting.reply });
      else writer.shapeNext({ fault: meeting.fault });
      connection.connectionReady();
    });
  });
}

/** Faults that take time make this asynchronous; without one, a command is processed in the tick in which it came. */
function whenMet(meeting: Meeting | Promise<Meeting>, action: (meeting: Meeting) => void): void {
  if (meeting instanceof Promise) void meeting.then(action);
  else action(meeting);
}

/** The text that smtp-server would send, without sending it; undefined when it would send nothing. */
function formatReply(
  connection: SMTPConnection,
  code: number,
  data: string | string[] | null | undefined,
  statusContext: string | false | undefined,
): string | undefined {
  let text: string | undefined;
  const paper: SMTPConnection = Object.create(connection, {
    _socket: {
      value: {
        destroyed: connection._socket.destroyed,
        readyState: connection._socket.readyState,
        write: (written: string) => {
          text = written;
        },
      },
    },
    close: { value: () => undefined },
  });
  SMTPConnection.prototype.send.call(paper, code, data, statusContext);
  return text;
}

const commandName = (line: string): string => (line.split(" ", 1)[0] ?? "").toUpperCase();

/** What stands between the angle brackets. smtp-server turns A-labels into Unicode, and drops source routes. */
const addressOf = (line: string): string => /<([^>]*)>/.exec(line)?.[1] ?? "";

function pointOf(line: string, upgraded: boolean): FaultPoint | undefined {
  switch (commandName(line)) {
    case "EHLO":
      return upgraded ? "ehlo-after-tls" : "ehlo";
    case "HELO":
      return "helo";
    case "STARTTLS":
      return "starttls";
    case "AUTH":
      return "auth";
    case "MAIL":
      return "mail-from";
    case "RCPT":
      return "rcpt-to";
    case "DATA":
      return "data";
    case "RSET":
      return "rset";
    case "NOOP":
      return "noop";
    case "QUIT":
      return "quit";
    default:
      return undefined;
  }
}
