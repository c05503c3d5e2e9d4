import { connect, createServer, type Server, type Socket } from "node:net";

/**
 * One more TCP connection, inside this process, between a client's connection (the transport) and the SMTP server. TLS takes
 * over the handle of the socket it runs on, and from then on nobody sees the octets below it, nor may that socket be
 * reset under a running handshake (Node crashes). With a hop in between, TLS runs on the server's end of the hop, and
 * the transport stays an ordinary socket that can be recorded, reset and stopped at any moment.
 */
export interface SocketHop {
  /** The server's end. */
  readonly socket: Socket;
  /** Resolves when all that was written at the server's end has been written to the transport. */
  flushed(): Promise<void>;
  /** To be said when nobody will read the server's end any more: `top` goes when the client goes. */
  abandon(top: Socket): void;
}

export interface SocketHops {
  open(transport: Socket): Promise<SocketHop>;
  /** Ends all hops; resolves when the server's ends are closed. */
  close(): Promise<void>;
}

export async function createSocketHops(host: string): Promise<SocketHops> {
  const arrived = new Map<number, Socket>();
  const expected = new Map<number, (socket: Socket) => void>();
  const ends = new Set<Socket>();

  const listener = createServer({ noDelay: true }, (socket) => {
    const port = socket.remotePort ?? 0;
    const resolve = expected.get(port);
    if (resolve) resolve(socket);
    else arrived.set(port, socket);
  });
  const port = await listen(listener, host);

  /** The server's end of the connection that `near` made. */
  const accepted = (near: Socket): Promise<Socket> =>
    new Promise((resolve) => {
      const nearPort = near.localPort ?? 0;
      const settle = (socket: Socket): void => {
        expected.delete(nearPort);
        arrived.delete(nearPort);
        resolve(socket);
      };
      const early = arrived.get(nearPort);
      if (early) settle(early);
      else expected.set(nearPort, settle);
    });

  return {
    open: async (transport) => {
      const near = connect({ host, port, noDelay: true });
      ends.add(near);
      near.once("close", () => ends.delete(near));
      await new Promise<void>((resolve, reject) => {
        near.once("connect", resolve).once("error", reject);
      });
      return join(transport, near, await accepted(near));
    },
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        for (const end of [...ends, ...arrived.values()]) end.destroy();
      }),
  };
}

function join(transport: Socket, near: Socket, socket: Socket): SocketHop {
  let abandoned: Socket | undefined;
  const caughtUp = new Set<() => void>();
  const checkCaughtUp = (): void => {
    if (near.bytesRead < socket.bytesWritten && !near.destroyed) return;
    for (const resolve of caughtUp) resolve();
    caughtUp.clear();
  };

  // Both directions always flow: whoever stopped reading would not notice the other side leave.
  transport.on("data", (chunk: Buffer) => near.write(chunk));
  transport.on("end", () => near.end());
  transport.on("close", () => {
    near.end();
    abandoned?.destroy();
  });
  near.on("data", (chunk: Buffer) => {
    if (transport.writable) transport.write(chunk);
    checkCaughtUp();
  });
  near.on("end", () => transport.end());
  near.on("error", () => transport.destroy());
  near.on("close", checkCaughtUp);
  socket.on("error", () => undefined);

  return {
    socket,
    flushed: () =>
      new Promise((resolve) => {
        caughtUp.add(resolve);
        checkCaughtUp();
      }),
    abandon: (top) => {
      abandoned = top;
      if (transport.destroyed) top.destroy();
    },
  };
}

async function listen(listener: Server, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject).listen(0, host, resolve);
  });
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("The listener has no port.");
  return address.port;
}
