import type { DnsResolver } from "../dns/dns-resolver.js";
import { normalizeName } from "../dns/normalize-name.js";
import { discoverPolicy } from "./discover-policy.js";
import type { DmarcAlignment, DmarcPolicy } from "./dmarc-record.js";
import { walkDmarcTree } from "./walk-dmarc-tree.js";

export interface AlignmentOptions {
  /** The domain of the From address. */
  readonly from: string;
  /** The domain of the envelope sender (Return-Path). Absent: none that is known. */
  readonly envelope?: string | undefined;
  /** The `d=` domains that the relay signs with. */
  readonly dkim: readonly string[];
  readonly resolver: DnsResolver;
  readonly signal?: AbortSignal | undefined;
}

export interface MechanismAlignment {
  readonly domain: string;
  readonly mode: DmarcAlignment;
  readonly aligned: boolean;
  /** Why, as a sentence. */
  readonly reason: string;
}

/** What DMARC will say to a message whose SPF and DKIM pass for these domains, before one is sent. */
export interface Alignment {
  /** `none`: no record asks for it. `unknown`: the DNS did not answer. */
  readonly verdict: "pass" | "fail" | "none" | "unknown";
  /** The name whose record counts. */
  readonly policyDomain?: string | undefined;
  /** What a failing message meets. */
  readonly policy?: DmarcPolicy | undefined;
  readonly spf?: MechanismAlignment | undefined;
  readonly dkim: readonly MechanismAlignment[];
}

/** Simulates RFC 9989 for a sender. One aligned mechanism is enough. */
export async function simulateAlignment({
  from,
  envelope,
  dkim,
  resolver,
  signal,
}: AlignmentOptions): Promise<Alignment> {
  const discovered = await discoverPolicy(from, resolver, signal);
  const { organizationalDomain } = discovered.tree;
  let isUnknown = discovered.tree.temporary !== undefined;

  async function align(domain: string, mode: DmarcAlignment): Promise<MechanismAlignment> {
    const [own, other] = [normalizeName(from), normalizeName(domain)];
    if (own === other) return { domain, mode, aligned: true, reason: `${domain} is the From domain.` };
    if (mode === "strict") {
      return {
        domain,
        mode,
        aligned: false,
        reason: `${domain} is not ${from}, and strict alignment wants the very same name.`,
      };
    }
    const tree = await walkDmarcTree(domain, resolver, signal);
    if (tree.temporary !== undefined) isUnknown = true;
    const aligned = tree.organizationalDomain === organizationalDomain;
    const reason = aligned
      ? `${domain} and ${from} belong to ${organizationalDomain}.`
      : `${domain} belongs to ${tree.organizationalDomain}, and ${from} to ${organizationalDomain}.`;
    return { domain, mode, aligned, reason };
  }

  const { record } = discovered;
  const spf = envelope === undefined ? undefined : await align(envelope, record?.spfAlignment ?? "relaxed");
  const signatures = await Promise.all(
    dkim.map((domain) => align(domain, record?.dkimAlignment ?? "relaxed")),
  );
  const passes = [...(spf ? [spf] : []), ...signatures].some(({ aligned }) => aligned);
  const verdict = isUnknown ? "unknown" : record === undefined ? "none" : passes ? "pass" : "fail";
  return { verdict, policyDomain: discovered.domain, policy: discovered.policy, spf, dkim: signatures };
}
