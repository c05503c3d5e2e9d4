import { isIP, type Socket } from "node:net";
import { connect, type SecureContext, type TLSSocket } from "node:tls";
import { WireError } from "./wire-error.js";

/** A handshake that failed; the cause carries the code that OpenSSL or Node gave. */
export class HandshakeError extends Error {}

/**
 * TLS over an open socket, with chain and name verified. `rejectUnauthorized` is set explicitly, because an
 * environment variable turns its default off.
 */
export function secure(
  socket: Socket,
  options: {
    readonly host: string;
    readonly trust: SecureContext;
    readonly signal: AbortSignal;
    readonly timeoutMs: number;
  },
): Promise<TLSSocket> {
  const { host, trust, signal } = options;
  return new Promise((resolve, reject) => {
    const secured = connect({
      socket,
      host,
      secureContext: trust,
      rejectUnauthorized: true,
      ...(isIP(host) === 0 && { servername: host }),
    });
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      secured.off("close", onClose).off("error", onError);
      finish();
    };
    const fail = (error: Error) =>
      settle(() => {
        secured.on("error", () => undefined).destroy();
        socket.destroy();
        reject(error);
      });
    const onError = (error: Error) => fail(new HandshakeError(error.message, { cause: error }));
    const onClose = () =>
      fail(new HandshakeError("the relay closed the connection during the TLS handshake"));
    const onAbort = () => fail(new WireError("aborted", "aborted", { cause: signal.reason }));
    const timer = setTimeout(() => {
      fail(new WireError("silent", `no TLS handshake in ${options.timeoutMs} ms`));
    }, options.timeoutMs);
    secured.once("error", onError).once("close", onClose);
    secured.once("secureConnect", () => settle(() => resolve(secured)));
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}
