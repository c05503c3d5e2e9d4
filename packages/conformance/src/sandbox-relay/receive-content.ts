import { randomBytes } from "node:crypto";
import type { SMTPServerAddress, SMTPServerDataStream, SMTPServerSession } from "smtp-server";
import type { CapturedMessage, EsmtpParameters } from "./captured-message.js";
import type { Fault } from "./fault.js";
import { type Meeting, meet, meetFault } from "./meet-fault.js";
import { parseMessage } from "./parse-message.js";
import type { ConnectionContext } from "./relay-context.js";
import type { ReplyWriter } from "./reply-writer.js";

export interface Reception {
  readonly stream: SMTPServerDataStream;
  readonly session: SMTPServerSession;
  readonly writer: ReplyWriter;
  readonly encrypted: boolean;
  /** An address as it stood in the command. */
  readonly asSent: (address: SMTPServerAddress) => string;
  readonly done: (error?: Error | null, reply?: string) => void;
  /** Closes the connection politely. */
  readonly close: () => void;
}

/** Takes one message from 354 to the reply to the final dot. */
export async function receiveContent(context: ConnectionContext, reception: Reception): Promise<void> {
  const { stream, writer, done } = reception;
  const body = await readBody(context, reception).catch(() => undefined);
  // The stream ended without the final dot: the connection is gone.
  if (!body) return;
  context.recorder.heard(`<${body.content.length} octets>`, reception.encrypted);
  if (writer.silent) return;
  if (body.answered) {
    writer.rewordNext("");
    return done();
  }

  const meeting = await meetFault(context, "end-of-data");
  if (meeting.next === "silent") return writer.silence();
  if (meeting.next === "reply") {
    writer.rewordNext(meeting.text, meeting.trickle);
    done();
    if (meeting.text.startsWith("421")) reception.close();
    return;
  }
  writer.shapeNext(meeting.fault);
  // smtp-server answers what is too large by itself.
  if (stream.sizeExceeded) return done();
  const message = await toMessage(context, reception, body.content);
  context.capture(message);
  done(null, `OK: queued as ${message.id}`);
}

interface Body {
  readonly content: Buffer;
  /** A fault gave the final reply before the final dot. */
  readonly answered: boolean;
}

async function readBody(context: ConnectionContext, reception: Reception): Promise<Body> {
  const chunks: Buffer[] = [];
  let octets = 0;
  let answered = false;
  let fault: Fault | undefined;
  for await (const chunk of reception.stream) {
    if (octets === 0) fault = context.script.take("body");
    chunks.push(chunk);
    octets += chunk.length;
    if (fault && octets > (fault.afterOctets ?? 0)) {
      const due = fault;
      fault = undefined;
      const meeting = await meet(context, due);
      answered ||= meeting.next === "reply";
      actInBody(context, reception, meeting);
    }
  }
  return { content: Buffer.concat(chunks), answered };
}

function actInBody(context: ConnectionContext, { writer, close }: Reception, meeting: Meeting): void {
  if (meeting.next === "silent") {
    writer.silence();
    return;
  }
  if (meeting.next === "reply") {
    writer.say(meeting.text, meeting.trickle);
    if (meeting.text.startsWith("421")) close();
    return;
  }
  const action = meeting.fault?.do ?? { delayMs: 0 };
  if ("raw" in action) writer.say(action.raw, action.trickle);
  else if ("drop" in action) context.recorder.connection.drop(action.with);
  else if ("stall" in action) writer.silence();
  else if ("stopReading" in action) {
    writer.silence();
    context.transport.pause();
  }
}

async function toMessage(
  { recorder }: ConnectionContext,
  { session, asSent, encrypted }: Reception,
  content: Buffer,
): Promise<CapturedMessage> {
  const { mailFrom, rcptTo } = session.envelope;
  return {
    id: randomBytes(6).toString("hex").toUpperCase(),
    envelope: {
      from: mailFrom ? asSent(mailFrom) : "",
      to: rcptTo.map(asSent),
      mailFromParameters: parametersOf(mailFrom),
      recipientParameters: rcptTo.map(parametersOf),
    },
    raw: new Uint8Array(content),
    parsed: await parseMessage(content),
    user: recorder.connection.user,
    tls: encrypted,
    receivedAt: new Date(),
    connectionId: recorder.connection.id,
  };
}

const parametersOf = (address: SMTPServerAddress | false): EsmtpParameters =>
  address !== false && address.args ? { ...address.args } : {};
