import { connect, isIP, type LookupFunction, type Socket } from "node:net";

/**
 * Connects to one of the vetted addresses and to nothing else: Node's own address selection (RFC 8305) runs over a
 * lookup that answers with exactly these. Rejects with Node's error, or with the signal's reason.
 */
export function dial(addresses: readonly string[], port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const socket = connect({
      host: "relay.invalid",
      port,
      lookup: answering(addresses),
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: 2_500,
      noDelay: true,
    });
    const onAbort = () =>
      socket.destroy(signal.reason instanceof Error ? signal.reason : new Error("aborted"));
    signal.addEventListener("abort", onAbort, { once: true });
    const onError = (error: Error) => {
      signal.removeEventListener("abort", onAbort);
      reject(signal.aborted ? signal.reason : error);
    };
    socket.once("error", onError);
    socket.once("connect", () => {
      signal.removeEventListener("abort", onAbort);
      // Until somebody else listens, an error must not end the process; it shows in `destroyed`.
      socket.off("error", onError).on("error", () => undefined);
      resolve(socket);
    });
  });
}

function answering(addresses: readonly string[]): LookupFunction {
  const entries = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, callback) => {
    const [first] = entries;
    if (options.all || first === undefined) callback(null, entries);
    else callback(null, first.address, first.family);
  };
}
