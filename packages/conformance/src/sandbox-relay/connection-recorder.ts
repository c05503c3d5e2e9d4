import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { endConnection } from "./end-connection.js";
import type { SandboxConnection, TranscriptEntry } from "./sandbox-connection.js";

/** The side of a connection record that the relay writes to. */
export interface ConnectionRecorder {
  readonly connection: SandboxConnection;
  /** Aborted when the connection is closed: ends what waits on its behalf. */
  readonly closing: AbortSignal;
  heard(text: string, encrypted: boolean): void;
  heardCommand(text: string, encrypted: boolean): void;
  said(text: string, encrypted: boolean): void;
  secured(socket: TLSSocket): void;
  authenticated(user: string): void;
  /** How unasked text gets out. */
  speakThrough(write: (text: string) => void): void;
  /** Resolves when the client has sent more octets than `count`. Never, if it does not. */
  octetsBeyond(count: number): Promise<void>;
  octetCount(): number;
}

export function createConnectionRecorder(
  id: number,
  socket: Socket,
  onChange: () => void,
): ConnectionRecorder {
  const chunks: Buffer[] = [];
  const transcript: TranscriptEntry[] = [];
  const commands: string[] = [];
  const closing = new AbortController();
  const remotePort = socket.remotePort ?? 0;
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let octets = 0;
  let tls: SandboxConnection["tls"];
  let user: string | undefined;
  let speak = (text: string): void => {
    recorder.said(text, false);
    socket.write(text);
  };

  socket.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    octets += chunk.length;
    for (const entry of waiting.splice(0)) {
      if (octets > entry.count) entry.resolve();
      else waiting.push(entry);
    }
  });
  // Clients of a faulty relay vanish all the time; the close event says all there is to know.
  socket.on("error", () => undefined);
  const closed = new Promise<void>((resolve) => {
    socket.once("close", () => {
      closing.abort();
      resolve();
      onChange();
    });
  });

  const connection: SandboxConnection = {
    id,
    closed,
    remotePort,
    transcript,
    commands,
    get open() {
      return !closing.signal.aborted;
    },
    get wire() {
      return new Uint8Array(Buffer.concat(chunks));
    },
    get tls() {
      return tls;
    },
    get user() {
      return user;
    },
    write: (text) => {
      if (!socket.writable) throw new Error(`Connection ${id} is closed.`);
      speak(text.endsWith("\n") ? text : `${text}\r\n`);
    },
    drop: (by = "reset") => endConnection(socket, by),
  };

  const recorder: ConnectionRecorder = {
    connection,
    closing: closing.signal,
    heard: (text, encrypted) => {
      transcript.push({ direction: "client", text, encrypted });
    },
    heardCommand: (text, encrypted) => {
      recorder.heard(text, encrypted);
      commands.push(text);
    },
    said: (text, encrypted) => {
      const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
      transcript.push(...lines.map((line) => ({ direction: "server", text: line, encrypted }) as const));
    },
    secured: (secureSocket) => {
      // Null, against its type, once the client is gone.
      const cipher: { readonly name: string } | null = secureSocket.getCipher();
      if (!cipher) return;
      const serverName = "servername" in secureSocket ? secureSocket.servername : undefined;
      tls = {
        protocol: secureSocket.getProtocol() ?? "unknown",
        cipher: cipher.name,
        serverName: typeof serverName === "string" ? serverName : undefined,
      };
    },
    authenticated: (name) => {
      user = name;
    },
    speakThrough: (write) => {
      speak = write;
    },
    octetsBeyond: (count) =>
      octets > count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve })),
    octetCount: () => octets,
  };
  return recorder;
}
