import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { SMTPConnection } from "smtp-server/lib/smtp-connection";
import { commandName } from "./command-name.js";
import { faultPointOf } from "./fault-point-of.js";
import { type Meeting, meetFault } from "./meet-fault.js";
import { meetHandshake } from "./meet-handshake.js";
import { receiveContent } from "./receive-content.js";
import { refusalFor } from "./refusal-for.js";
import type { ConnectionContext } from "./relay-context.js";
import { createReplyWriter } from "./reply-writer.js";

/**
 * Runs one SMTP session on smtp-server's own connection object, and puts the faults around four of its methods: the one
 * that gets each command line (`_onCommand`), the one that sends each reply (`send`), `upgrade` (STARTTLS) and `close`.
 * smtp-server has no hooks at these places. Its version is pinned exactly, and this is the only file that reaches into
 * it; in return the protocol itself (parsing, states, replies, SASL, dot-unstuffing, TLS) is a third party's.
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
  const stream = () => ({ socket: connection._socket, encrypted: connection.secure });
  const writer = createReplyWriter(context, stream);
  const clearAuthentication = options.authenticationInClear ?? options.tls === "none";
  /** smtp-server turns A-labels into Unicode; these are the addresses as they came. */
  const asSent = new WeakMap<object, string>();
  let currentLine = "";
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
    // What was sent in clear behind STARTTLS belongs to nobody; smtp-server drops it without a reply.
    if (connection._upgrading) return inner.onCommand(command, callback);
    if (writer.silent) return;
    const line = command.toString();
    const next = (): void => callback?.();
    const continuation = connection._nextHandler !== false;
    if (continuation) recorder.heard(line, connection.secure);
    else recorder.heardCommand(line, connection.secure);

    if (refused) return answerRefused(line, next);
    if (!connection._ready) return inner.onCommand(command, next);
    const point = continuation ? "auth-continuation" : faultPointOf(line, upgraded);
    whenMet(point ? meetFault(context, point) : { next: "proceed", fault: undefined }, (meeting) => {
      if (meeting.next === "silent") return writer.silence();
      if (meeting.next === "reply") {
        expectContinuation(meeting.text.startsWith("334"));
        return sayInstead(meeting, next);
      }
      writer.shapeNext(meeting.fault);
      currentLine = line;
      const answer = continuation ? undefined : answerOfItsOwn(commandName(line));
      if (!answer) return inner.onCommand(command, next);
      connection.send(...answer);
      next();
    });
  };

  connection.upgrade = (callback, secureCallback) => {
    if (writer.silent) return;
    // From here on the client's octets are a handshake and none of the parser's business.
    if (connection._parser) connection._socket.unpipe(connection._parser);
    const octetsBefore = recorder.octetCount();
    writer.whenSaid(async () => {
      const meeting = await meetHandshake(context, octetsBefore);
      if (meeting.next === "silent") return writer.silence();
      insteadOfSecure = meeting.whenSecure;
      upgraded = true;
      inner.upgrade(callback, secureCallback);
    });
  };

  /** What the relay's options answer where smtp-server would answer something else. */
  const answerOfItsOwn = (name: string): [code: number, text: string] | undefined => {
    const offered = options.authentication !== "not_offered";
    if (name === "AUTH" && offered && !connection.secure && !clearAuthentication) {
      return [538, "Error: Must issue a STARTTLS command first"];
    }
    const friendly = options.acceptsEverything && (name === "AUTH" || !connection._isSupported(name));
    return friendly ? [250, "OK"] : undefined;
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
    writer.say(meeting.text, meeting.trickle);
    if (meeting.text.startsWith("421")) connection.close();
    else next();
  };

  /** RFC 5321 section 3.1: after a refusal, a server waits for QUIT and answers anything else with 503. */
  const answerRefused = (line: string, next: () => void): void => {
    const quits = commandName(line) === "QUIT";
    writer.say(quits ? "221 2.0.0 Bye\r\n" : "503 5.5.1 Bad sequence of commands\r\n");
    if (quits) connection.close();
    else next();
  };

  const acceptAddress = (
    parsed: object,
    refusals: Readonly<Record<string, string>> | undefined,
  ): Error | undefined => {
    const address = /<([^>]*)>/.exec(currentLine)?.[1] ?? "";
    asSent.set(parsed, address);
    const reply = refusalFor(refusals, address);
    if (reply === undefined) return undefined;
    writer.rewordNext(`${reply}\r\n`);
    return Object.assign(new Error(reply), { responseCode: Number(reply.slice(0, 3)) });
  };

  context.sessions.set(connection.session, {
    authenticated: (user) => recorder.authenticated(user),
    onSecure: (proceed) => {
      const secure = connection._socket;
      if ("getProtocol" in secure) recorder.secured(secure);
      if (!insteadOfSecure) return proceed();
      writer.silence();
      insteadOfSecure();
    },
    onSender: (parsed, done) => done(acceptAddress(parsed, options.rejectSenders)),
    onRecipient: (parsed, done) => done(acceptAddress(parsed, options.rejectRecipients)),
    onContent: (content, session, done) => {
      void receiveContent(context, {
        stream: content,
        session,
        writer,
        done,
        encrypted: connection.secure,
        asSent: (parsed) => asSent.get(parsed) ?? parsed.address,
        close: () => connection.close(),
      });
    },
  });
  connection.on("error", () => undefined);
  server.connections.add(connection);
  recorder.speakThrough(writer.say);
  connection._setListeners(() => {
    whenMet(meetFault(context, "greeting"), (meeting) => {
      if (meeting.next === "silent") return writer.silence();
      if (meeting.next === "reply" && !meeting.text.startsWith("2")) {
        refused = true;
        return sayInstead(meeting, () => undefined);
      }
      if (meeting.next === "reply") writer.rewordNext(meeting.text, meeting.trickle);
      else writer.shapeNext(meeting.fault);
      connection.connectionReady();
    });
  });
}

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
  const { destroyed, readyState } = connection._socket;
  const write = (written: string): void => {
    text = written;
  };
  const paper: SMTPConnection = Object.create(connection, {
    _socket: { value: { destroyed, readyState, write } },
    close: { value: () => undefined },
  });
  SMTPConnection.prototype.send.call(paper, code, data, statusContext);
  return text;
}
