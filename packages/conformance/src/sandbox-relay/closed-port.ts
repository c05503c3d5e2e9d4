import { createServer } from "node:net";

/** A port of this host that nobody listens on, as far as one can know: it was free a moment ago. */
export async function closedPort(host = "127.0.0.1"): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, host, resolve);
  });
  const address = server.address();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  if (address === null || typeof address === "string") throw new Error("The listener has no port.");
  return address.port;
}
