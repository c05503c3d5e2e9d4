import { ask } from "../dns/ask.js";
import type { DnsResolver, DnsType } from "../dns/dns-resolver.js";
import type { Finding } from "./finding.js";

/** Looks for a record that is missing at the names where DNS hosts put it by mistake. */
export async function findMisplaced(
  host: string,
  domain: string,
  type: DnsType,
  resolver: DnsResolver,
  signal: AbortSignal | undefined,
): Promise<Finding[]> {
  const name = `${host}.${domain}`;
  const places = [
    {
      at: `${name}.${domain}`,
      why: `The DNS host adds the domain by itself: enter \`${host}\` as the name, without the domain.`,
    },
    {
      at: `${host.replace("_domainkey", "domainkey")}.${domain}`,
      why: "The underscore of `_domainkey` is missing.",
    },
  ].filter(({ at }) => at !== name);
  const findings = await Promise.all(
    places.map(async ({ at, why }): Promise<Finding[]> => {
      const answer = await ask(resolver, at, type, signal);
      if (answer.status !== "found") return [];
      return [
        {
          code: "record_misplaced",
          severity: "error",
          message: `The record stands at ${at} instead of ${name}. ${why}`,
        },
      ];
    }),
  );
  return findings.flat();
}
