import type { Socket } from "node:net";
import { createWatchdog } from "./create-watchdog.js";
import type { SmtpReply } from "./reply.js";
import { createReplyParser } from "./reply-parser.js";
import type { SessionRecord } from "./session-record.js";
import { WireError } from "./wire-error.js";

/**
 * One connection as a sequence of commands and replies, one thing awaited at a time. Every reply is counted against the commands sent, so a reply
 * that nobody asked for ends the connection and can never be taken for the answer to something else.
 */
export interface Wire {
  /** Says something that will be answered by this many replies. It leaves at the end of this turn of the event loop. */
  command(bytes: string | Buffer, expectedReplies?: number): void;
  /** Writes octets that are not answered, and waits until the system has taken them. */
  write(bytes: Buffer, timeoutMs: number): Promise<void>;
  /** The next reply, in the order of the commands. */
  reply(timeoutMs: number): Promise<SmtpReply>;
  /** Waits for something outside, and rejects as soon as the connection fails. */
  whileOpen<T>(work: Promise<T>): Promise<T>;
  /** Throws if the connection has failed, or if the peer has begun to say something unasked. */
  assertQuiet(): void;
  /** Whether it keeps the process alive: a connection that nobody waits for should not. */
  keepProcessAlive(keep: boolean): void;
  /** Hands the socket over for a TLS upgrade; this wire is finished. */
  detach(): Socket;
  /** Ends the connection at once. */
  destroy(): void;
  /** Says QUIT and closes once the peer has, or after the given time; resolves when the socket is gone. */
  quit(timeoutMs: number): Promise<void>;
}

/** `greeting`: a reply is due before any command. */
export function createWire(
  socket: Socket,
  options: {
    readonly signal: AbortSignal;
    readonly expectsGreeting: boolean;
    readonly record?: Pick<SessionRecord, "said" | "heard"> | undefined;
  },
): Wire {
  const { signal, record } = options;
  const parser = createReplyParser();
  const replies: SmtpReply[] = [];
  let pending: ((error: WireError) => void) | undefined;
  let awaitedReplies = options.expectsGreeting ? 1 : 0;
  let deliver: ((reply: SmtpReply) => void) | undefined;
  let failure: WireError | undefined;
  let isCorked = false;
  const watchdog = createWatchdog((timeoutMs) => {
    fail(new WireError("silent", `no answer in ${timeoutMs} ms`));
  });

  function fail(error: WireError): void {
    if (failure) return;
    failure = error;
    watchdog.end();
    socket.destroy();
    pending?.(error);
  }

  function receive(reply: SmtpReply): void {
    record?.heard(reply);
    if (awaitedReplies === 0) {
      const kind = reply.code >= 400 ? "interjected" : "violation";
      fail(new WireError(kind, "a reply that no command asked for", { reply }));
      return;
    }
    awaitedReplies -= 1;
    if (deliver) deliver(reply);
    else replies.push(reply);
  }

  function onData(chunk: Buffer): void {
    if (failure) return;
    try {
      parser.push(chunk, receive);
    } catch (error) {
      fail(
        new WireError("violation", error instanceof Error ? error.message : "unreadable", { cause: error }),
      );
    }
  }
  const onError = (error: Error) => fail(new WireError("lost", "the connection failed", { cause: error }));
  const onClose = () => fail(new WireError("lost", "the connection was closed"));
  const onAbort = () => fail(new WireError("aborted", "aborted", { cause: signal.reason }));

  socket.on("data", onData).on("error", onError).on("end", onClose).on("close", onClose);
  socket.once("close", () => signal.removeEventListener("abort", onAbort));
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  if (socket.destroyed) onClose();

  function untilFailure<T>(
    timeoutMs: number | undefined,
    start: (resolve: (value: T | PromiseLike<T>) => void) => void,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      if (failure) return reject(failure);
      if (timeoutMs !== undefined) watchdog.start(timeoutMs);
      pending = reject;
      start((value) => {
        watchdog.stop();
        pending = undefined;
        resolve(value);
      });
    });
  }

  /**
   * What is written in one turn of the event loop leaves at its end, in one write: first all connections are served whose
   * replies have come, then the relay's host is woken, once for all of them.
   */
  function cork(): void {
    if (isCorked) return;
    isCorked = true;
    socket.cork();
    setImmediate(() => {
      isCorked = false;
      socket.uncork();
    });
  }

  return {
    command(bytes, expectedReplies = 1) {
      if (failure) throw failure;
      awaitedReplies += expectedReplies;
      if (record && typeof bytes === "string") record.said(bytes);
      cork();
      socket.write(bytes);
    },
    write: (bytes, timeoutMs) =>
      untilFailure(timeoutMs, (resolve) => {
        socket.write(bytes, (error) => {
          if (!error) resolve(undefined);
        });
      }),
    reply(timeoutMs) {
      // What arrived in order before the connection failed still counts.
      const received = replies.shift();
      if (received) return Promise.resolve(received);
      return untilFailure(timeoutMs, (resolve) => {
        deliver = (reply) => {
          deliver = undefined;
          resolve(reply);
        };
      });
    },
    whileOpen: (work) =>
      untilFailure(undefined, (resolve) => {
        const settle = () => resolve(work);
        work.then(settle, settle);
      }),
    assertQuiet() {
      if (failure) throw failure;
      if (replies.length > 0 || awaitedReplies > 0 || parser.hasPartialReply()) {
        fail(new WireError("violation", "octets that no command asked for"));
        throw failure;
      }
    },
    keepProcessAlive: (keep) => {
      if (keep) socket.ref();
      else socket.unref();
    },
    detach() {
      watchdog.end();
      socket.off("data", onData).off("end", onClose).off("close", onClose);
      signal.removeEventListener("abort", onAbort);
      return socket;
    },
    destroy() {
      fail(new WireError("lost", "closed by us"));
    },
    async quit(timeoutMs) {
      if (failure) return;
      socket.off("data", onData).off("end", onClose);
      // Closed only after the answer: some servers take QUIT and FIN together for a connection that was lost.
      socket.once("data", () => socket.end()).resume();
      socket.write("QUIT\r\n");
      await untilFailure<void>(timeoutMs, () => undefined).catch(() => undefined);
    },
  };
}
