import type { DnsAnswer, DnsResolver, DnsType } from "./dns-resolver.js";
import { normalizeName } from "./normalize-name.js";

/** Records of one name: answers by type, or `temporary` for a name whose servers do not answer. */
export type ZoneEntry = Partial<Readonly<Record<DnsType, readonly string[]>>> | "temporary";

const maximumAliases = 10;

/**
 * A resolver over records in memory: for tests, for work offline, and for "what if these were published". A name that
 * is only a part of another exists without records, as in the DNS (RFC 8020).
 */
export function createZoneResolver(zone: Readonly<Record<string, ZoneEntry>>): DnsResolver {
  const entries = new Map(Object.entries(zone).map(([name, entry]) => [normalizeName(name), entry]));

  function answer(name: string, type: DnsType, aliases: number): DnsAnswer {
    const entry = entries.get(name);
    if (entry === "temporary") return { status: "temporary", reason: "the servers do not answer" };
    const records = entry?.[type];
    if (records !== undefined && records.length > 0) return { status: "found", records };
    const alias = entry?.CNAME?.[0];
    if (alias !== undefined && type !== "CNAME") {
      if (aliases === maximumAliases) return { status: "temporary", reason: "the CNAMEs never end" };
      return answer(normalizeName(alias), type, aliases + 1);
    }
    const exists = entry !== undefined || [...entries.keys()].some((other) => other.endsWith(`.${name}`));
    return { status: exists ? "nodata" : "nxdomain" };
  }

  return { resolve: async (name, type) => answer(normalizeName(name), type, 0) };
}
