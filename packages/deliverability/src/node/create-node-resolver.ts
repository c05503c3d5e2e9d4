import { Resolver } from "node:dns/promises";
import type { DnsAnswer, DnsResolver } from "../dns/dns-resolver.js";

export interface NodeResolverOptions {
  /** Addresses of DNS servers, with a port if it is not 53; default: those of the machine. */
  readonly servers?: readonly string[] | undefined;
  /** Of one attempt. Default 2,000. */
  readonly timeoutMs?: number | undefined;
  /** Default 2. */
  readonly attempts?: number | undefined;
}

/**
 * A resolver over `node:dns`: its own, so that the process's servers and caches stay as they are, and the hosts file is
 * not read. Throws for a server that is no IP address.
 */
export function createNodeResolver(options: NodeResolverOptions = {}): DnsResolver {
  // One for each question: `cancel` ends all questions of a resolver.
  const open = () => {
    const resolver = new Resolver({ timeout: options.timeoutMs ?? 2000, tries: options.attempts ?? 2 });
    if (options.servers !== undefined) resolver.setServers(options.servers);
    return resolver;
  };
  open();
  return {
    async resolve(name, type, signal) {
      const resolver = open();
      const cancel = () => resolver.cancel();
      if (signal?.aborted) return { status: "temporary", reason: "the check was ended" };
      signal?.addEventListener("abort", cancel, { once: true });
      // A trailing dot keeps search domains out.
      const absolute = name.endsWith(".") ? name : `${name}.`;
      try {
        return { status: "found", records: await toRecords(resolver, absolute, type) };
      } catch (error) {
        return toFailure(error);
      } finally {
        signal?.removeEventListener("abort", cancel);
      }
    },
  };
}

async function toRecords(
  resolver: Resolver,
  name: string,
  type: Parameters<DnsResolver["resolve"]>[1],
): Promise<string[]> {
  switch (type) {
    case "A":
      return resolver.resolve4(name);
    case "AAAA":
      return resolver.resolve6(name);
    case "CNAME":
      return resolver.resolveCname(name);
    case "PTR":
      return resolver.resolvePtr(name);
    case "MX":
      return (await resolver.resolveMx(name)).map(
        ({ priority, exchange }) => `${priority} ${exchange || "."}`,
      );
    case "TXT":
      return (await resolver.resolveTxt(name)).map((strings) => strings.join(""));
  }
}

function toFailure(error: unknown): DnsAnswer {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  if (code === "ENODATA") return { status: "nodata" };
  if (code === "ENOTFOUND" || code === "EBADNAME") return { status: "nxdomain" };
  if (code === "ETIMEOUT") return { status: "temporary", reason: "the DNS servers did not answer in time" };
  return { status: "temporary", reason: `the DNS servers answered ${code.replace(/^E/, "")}` };
}
