import type { DnsAnswer, DnsResolver, DnsType } from "./dns-resolver.js";
import { isDomainName } from "./is-domain-name.js";

/** One question, answered in any case: no name that cannot exist is asked for, and a rejection or an abort is `temporary`. */
export async function ask(
  resolver: DnsResolver,
  name: string,
  type: DnsType,
  signal?: AbortSignal,
): Promise<DnsAnswer> {
  if (!isDomainName(name)) return { status: "nxdomain" };
  const ending = new AbortController();
  try {
    const answer = await Promise.race([
      resolver.resolve(name, type, signal),
      untilAborted(signal, ending.signal),
    ]);
    return answer.status === "found" && answer.records.length === 0 ? { status: "nodata" } : answer;
  } catch (error) {
    return { status: "temporary", reason: error instanceof Error ? error.message : String(error) };
  } finally {
    ending.abort();
  }
}

/** A resolver may not know about signals. */
function untilAborted(signal: AbortSignal | undefined, until: AbortSignal): Promise<DnsAnswer> {
  const ended: DnsAnswer = { status: "temporary", reason: "the time for it was over" };
  if (signal?.aborted) return Promise.resolve(ended);
  return new Promise((resolve) => {
    signal?.addEventListener("abort", () => resolve(ended), { once: true, signal: until });
  });
}
