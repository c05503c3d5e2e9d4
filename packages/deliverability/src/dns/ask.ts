import type { DnsAnswer, DnsResolver, DnsType } from "./dns-resolver.js";
import { isDomainName } from "./is-domain-name.js";

/** One question, answered in any case: no name that cannot exist is asked for, and a rejection is `temporary`. */
export async function ask(
  resolver: DnsResolver,
  name: string,
  type: DnsType,
  signal?: AbortSignal,
): Promise<DnsAnswer> {
  if (!isDomainName(name)) return { status: "nxdomain" };
  try {
    const answer = await resolver.resolve(name, type, signal);
    return answer.status === "found" && answer.records.length === 0 ? { status: "nodata" } : answer;
  } catch (error) {
    return { status: "temporary", reason: error instanceof Error ? error.message : String(error) };
  }
}
