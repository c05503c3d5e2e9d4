import { lookup, Resolver } from "node:dns/promises";
import { isIP } from "node:net";

/** All addresses of a host. Rejects, or resolves to none, when there are none. */
export type HostResolver = (host: string, signal: AbortSignal) => Promise<readonly string[]>;

export interface HostResolverOptions {
  /** DNS servers to ask instead of the system's, such as `192.0.2.53` or `192.0.2.53:5353`. Then nothing but them is asked. */
  readonly servers?: readonly string[] | undefined;
}

/**
 * Asks DNS for A and AAAA at once, each time anew: a connection goes to what was just judged. With the system's servers, a
 * name that DNS does not have is looked up the system's way (hosts file, mDNS), as in-house relays are often named there.
 */
export function createHostResolver({ servers }: HostResolverOptions = {}): HostResolver {
  return async (host, signal) => {
    if (isIP(host)) return [host];
    // RFC 6761 section 6.3: never asked on the network.
    if (isLocalhost(host)) return ["127.0.0.1", "::1"];
    const resolver = new Resolver({ timeout: 2_500, tries: 2 });
    if (servers) resolver.setServers(servers);
    const cancel = () => resolver.cancel();
    signal.addEventListener("abort", cancel, { once: true });
    try {
      const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
      const addresses = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
      if (addresses.length > 0) return addresses;
      signal.throwIfAborted();
      if (servers) {
        const [first] = answers;
        throw first?.status === "rejected" ? first.reason : new Error("no address");
      }
      return (await lookup(host, { all: true })).map((entry) => entry.address);
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  };
}

export const resolveHost: HostResolver = createHostResolver();

export function isLocalhost(host: string): boolean {
  return /^(?:.+\.)?localhost\.?$/i.test(host);
}
