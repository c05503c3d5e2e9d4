import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createSecureContext, TLSSocket } from "node:tls";
import { createSinkSession } from "./sink-session.js";

import type { TlsMode } from "./tls-mode.js";

export interface OwnSinkOptions {
  readonly tls: TlsMode;
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
  readonly keepsContent: boolean;
}

export interface OwnSink {
  readonly port: number;
  /** Messages taken so far. */
  count(): number;
  /** The contents kept since the last call. */
  takeContents(): Buffer[];
  close(): Promise<void>;
}

/**
 * A sink with TLS, a login, and a memory. smtp-sink has neither TLS nor an answer 235 to AUTH, without which our
 * connector does not go on.
 */
export async function startOwnSink(options: OwnSinkOptions): Promise<OwnSink> {
  const secureContext = createSecureContext({ cert: options.certificate, key: options.key });
  const sockets = new Set<Socket>();
  const contents: Buffer[] = [];
  let count = 0;

  const encrypt = (socket: Socket) => new TLSSocket(socket, { isServer: true, secureContext });

  function serve(socket: Socket, phase: "plain" | "upgradable" | "encrypted"): void {
    const take = createSinkSession({
      extensions: [
        ...["PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES"],
        ...(phase === "upgradable" ? ["STARTTLS"] : []),
        ...(phase === "encrypted" ? ["AUTH PLAIN LOGIN"] : []),
      ],
      keepsContent: options.keepsContent,
      onMessage(content) {
        count++;
        if (content !== undefined) contents.push(content);
      },
    });
    // A client that goes away without a word is no matter here.
    socket.on("error", () => socket.destroy());
    socket.on("data", function onData(chunk: Buffer) {
      const { text, next } = take(chunk);
      if (next === "close") socket.end(text);
      else if (text !== "") socket.write(text, "latin1");
      if (next !== "encrypt") return;
      socket.off("data", onData);
      serve(encrypt(socket), "encrypted");
    });
  }

  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
    const session = options.tls === "ssl" ? encrypt(socket) : socket;
    serve(session, { none: "plain", starttls: "upgradable", ssl: "encrypted" }[options.tls] as "plain");
    session.write("220 sink.example.test ESMTP\r\n");
  });
  await once(server.listen(0, "127.0.0.1", 1024), "listening");

  return {
    port: (server.address() as AddressInfo).port,
    count: () => count,
    takeContents: () => contents.splice(0),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
