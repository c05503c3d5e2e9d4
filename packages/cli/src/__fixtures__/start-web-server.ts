import { once } from "node:events";
import { createServer } from "node:http";
import type { StartedServer } from "./started-server.js";

export async function startWebServer(): Promise<StartedServer> {
  const server = createServer((_request, response) => response.end("It works!")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The web server has no port.");
  return {
    port: address.port,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
