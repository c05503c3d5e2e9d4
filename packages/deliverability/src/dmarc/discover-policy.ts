import { ask } from "../dns/ask.js";
import type { DnsResolver } from "../dns/dns-resolver.js";
import type { DmarcPolicy, DmarcRecord } from "./dmarc-record.js";
import { type DmarcTree, walkDmarcTree } from "./walk-dmarc-tree.js";

export interface DiscoveredPolicy {
  readonly tree: DmarcTree;
  /** The name whose record counts; absent: nobody asks for DMARC. */
  readonly domain?: string | undefined;
  readonly record?: DmarcRecord | undefined;
  /** What a failing message meets; with `t=y` it is one step milder. */
  readonly policy?: DmarcPolicy | undefined;
}

const milder: Readonly<Record<DmarcPolicy, DmarcPolicy>> = {
  none: "none",
  quarantine: "none",
  reject: "quarantine",
};

/** The policy for a From domain: its own record, else that of its organisational domain or of the public suffix above (RFC 9989 section 4.10.1). */
export async function discoverPolicy(
  from: string,
  resolver: DnsResolver,
  signal?: AbortSignal,
): Promise<DiscoveredPolicy> {
  const tree = await walkDmarcTree(from, resolver, signal);
  const [own] = tree.steps;
  const step = own?.record
    ? own
    : (tree.steps.find(({ domain, record }) => record && domain === tree.organizationalDomain) ??
      tree.steps.filter(({ record }) => record?.publicSuffix === "y").at(-1));
  if (step?.record === undefined) return { tree };
  const { record, domain } = step;
  const policy = step === own ? record.policy : await toInheritedPolicy(from, record, resolver, signal);
  return { tree, domain, record, policy: record.isTesting ? milder[policy] : policy };
}

async function toInheritedPolicy(
  from: string,
  record: DmarcRecord,
  resolver: DnsResolver,
  signal?: AbortSignal,
) {
  if (record.missingDomainPolicy === record.subdomainPolicy) return record.subdomainPolicy;
  const answers = await Promise.all(
    (["A", "AAAA", "MX"] as const).map((type) => ask(resolver, from, type, signal)),
  );
  return answers.some(({ status }) => status === "nxdomain")
    ? record.missingDomainPolicy
    : record.subdomainPolicy;
}
