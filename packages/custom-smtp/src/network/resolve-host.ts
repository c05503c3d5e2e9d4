import { lookup, Resolver } from "node:dns/promises";
import { isIP } from "node:net";

/** All addresses of a host. Rejects, or resolves to none, when there are none. */
export type HostResolver = (host: string, signal: AbortSignal) => Promise<readonly string[]>;

/**
 * Asks DNS for A and AAAA at once; a name that DNS does not have is looked up the system's way (hosts file, mDNS), as
 * in-house relays are often named there.
 */
export const resolveHost: HostResolver = async (host, signal) => {
  if (isIP(host)) return [host];
  // RFC 6761 section 6.3: never asked on the network.
  if (isLocalhost(host)) return ["127.0.0.1", "::1"];
  const resolver = new Resolver({ timeout: 2_500, tries: 2 });
  const cancel = () => resolver.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const addresses = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
    if (addresses.length > 0) return addresses;
    signal.throwIfAborted();
    return (await lookup(host, { all: true })).map((entry) => entry.address);
  } finally {
    signal.removeEventListener("abort", cancel);
  }
};

export function isLocalhost(host: string): boolean {
  return /^(?:.+\.)?localhost\.?$/i.test(host);
}
