import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { createDelayLine } from "./delay-line.js";

export interface DelayProxyOptions {
  readonly targetPort: number;
  readonly roundTripMs: number;
}

export interface DelayProxy {
  readonly port: number;
  close(): Promise<void>;
}

/** Passes on what comes, both ways, each byte after half of the round trip. The bandwidth is not limited. */
export async function startDelayProxy({ targetPort, roundTripMs }: DelayProxyOptions): Promise<DelayProxy> {
  const later = createDelayLine({
    delayMs: roundTripMs / 2,
    now: () => performance.now(),
    wait: (callback, ms) => void setTimeout(callback, ms),
  });
  const sockets = new Set<Socket>();

  function pass(from: Socket, to: Socket): void {
    sockets.add(from);
    from.on("data", (chunk) => later(() => to.writable && to.write(chunk)));
    from.on("end", () => later(() => to.end()));
    from.on("error", () => later(() => to.destroy()));
    from.on("close", (hadError) => {
      sockets.delete(from);
      if (hadError) later(() => to.destroy());
    });
  }

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const relay = connect({ host: "127.0.0.1", port: targetPort, allowHalfOpen: true, noDelay: true });
    pass(client, relay);
    pass(relay, client);
  });
  await once(server.listen(0, "127.0.0.1", 1024), "listening");

  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
