import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** What came through, in the order in which it came. */
export interface WireEvent {
  readonly from: "client" | "server";
  readonly bytes: Buffer;
}

/** A proxy on 127.0.0.1 that hands on everything as it comes, and keeps a copy. */
export interface Wiretap extends AsyncDisposable {
  readonly port: number;
  /** One list for each connection, live. */
  readonly connections: readonly (readonly WireEvent[])[];
  /** A line for each connection that is opened, says QUIT, or is closed, and for each line of a reply in clear. */
  log(): string;
  close(): Promise<void>;
}

export async function startWiretap(target: number): Promise<Wiretap> {
  const connections: WireEvent[][] = [];
  const sockets = new Set<Socket>();
  const lines: string[] = [];

  const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    const events: WireEvent[] = [];
    const id = connections.push(events);
    lines.push(`${id} opened\n`);
    const upstream = connect({ host: "127.0.0.1", port: target, noDelay: true, allowHalfOpen: true });
    for (const [from, source, sink] of [
      ["client", client, upstream],
      ["server", upstream, client],
    ] as const) {
      sockets.add(source);
      source.on("data", (bytes) => {
        events.push({ from, bytes });
        const text = bytes.toString("latin1");
        if (from === "client" && text.endsWith("QUIT\r\n")) lines.push(`${id} quit\n`);
        if (from === "server")
          lines.push(...(text.match(/^\d{3}[ -].*/gm) ?? []).map((reply) => `${id} ${reply}\n`));
      });
      source.pipe(sink);
      source.on("error", () => sink.destroy());
      source.on("close", () => sockets.delete(source));
    }
    client.on("close", () => lines.push(`${id} closed\n`));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;

  const close = async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await once(server.close(), "close");
  };
  return { port, connections, log: () => lines.join(""), close, [Symbol.asyncDispose]: close };
}
