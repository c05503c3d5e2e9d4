import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { hasCode } from "../environment/has-code.js";
import { createProblem } from "./problem.js";

export interface ServeOptions {
  /** 0: any free one. */
  readonly port: number;
  readonly hostname: string;
}

export interface HostServer {
  readonly hostname: string;
  readonly port: number;
  /** Such as `http://127.0.0.1:8787`. */
  readonly url: string;
  /** Takes no new connections, lets running answers end within a second, then cuts what is left. */
  close(): Promise<void>;
}

/** A sender that needs longer than this for its headers and body is cut off. */
const requestTimeoutMs = 30_000;
const closeGraceMs = 1_000;
const sweepIntervalMs = 20;

/** Serves a `fetch` handler over HTTP. Rejects with one clear sentence when the port is taken. */
export async function serveHost(
  host: { fetch(request: Request): Promise<Response> },
  { port, hostname }: ServeOptions,
): Promise<HostServer> {
  const server = createServer(
    { requestTimeout: requestTimeoutMs },
    getRequestListener((request) => host.fetch(request), {
      overrideGlobalObjects: false,
      hostname,
      errorHandler: () => {
        const { document } = createProblem("request-invalid");
        return Response.json(document, {
          status: document.status,
          headers: { "content-type": "application/problem+json" },
        });
      },
    }),
  );
  const listening = await listen(server, port, hostname);
  return {
    hostname,
    port: listening,
    url: `http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${listening}`,
    close: () => closeServer(server),
  };
}

function listen(server: Server, port: number, hostname: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(describeListenError(error, port, hostname)));
    server.listen(port, hostname, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

function describeListenError(error: Error, port: number, hostname: string): Error {
  const place = `port ${port} on ${hostname}`;
  if (hasCode(error, "EADDRINUSE")) {
    return new Error(`Another program already uses ${place}: stop it, or set PORT to another one (0 = any).`);
  }
  if (hasCode(error, "EACCES"))
    return new Error(`This user may not use ${place}: set PORT to 1024 or higher.`);
  return error;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), closeGraceMs);
    // A connection that is answered meanwhile would stay open for its client's next request.
    const sweep = setInterval(() => server.closeIdleConnections(), sweepIntervalMs);
    server.close(() => {
      clearTimeout(cut);
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
  });
}
