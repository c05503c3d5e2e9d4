import type { DomainRecords } from "@getfluxly/email-core";
import { inspectMailExchange } from "../advice/inspect-mail-exchange.js";
import { inspectOptional } from "../advice/inspect-optional.js";
import { inspectDkim } from "../dkim/inspect-dkim.js";
import { inspectDmarc } from "../dmarc/inspect-dmarc.js";
import { simulateAlignment } from "../dmarc/simulate-alignment.js";
import { createCachingResolver } from "../dns/create-caching-resolver.js";
import type { DnsResolver } from "../dns/dns-resolver.js";
import { isDomainName } from "../dns/is-domain-name.js";
import { normalizeName } from "../dns/normalize-name.js";
import { overlayResolver } from "../dns/overlay-resolver.js";
import { inspectSpf } from "../spf/inspect-spf.js";
import type { DomainReport } from "./domain-report.js";
import type { Finding } from "./finding.js";
import { freeMailDomains } from "./free-mail-domains.js";
import { inspectReturnPath } from "./inspect-return-path.js";
import type { RecordReport } from "./record-report.js";
import { toIssuedRecords } from "./to-issued-records.js";

export interface InspectDomainOptions {
  /** The domain of the From address, in its ASCII form. */
  readonly domain: string;
  /** `domainRecords` of the connector; absent: a relay that is not known. */
  readonly relay?: DomainRecords | undefined;
  /** DKIM selectors that the relay issued, such as `s1`, in place of those that its definition leaves open. */
  readonly selectors?: readonly string[] | undefined;
  readonly resolver: DnsResolver;
  /** Default 15,000. What is not answered by then is `temporary`. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What a domain publishes, what is missing or wrong for this relay, the records to publish, and what DMARC will say.
 * Rejects only for a domain that is none; DNS trouble is part of the report.
 */
export async function inspectDomain(options: InspectDomainOptions): Promise<DomainReport> {
  const domain = normalizeName(options.domain);
  if (!isDomainName(domain) || !/^[\x21-\x7e]+$/.test(domain))
    throw new TypeError(`${JSON.stringify(options.domain)} is not a domain name.`);
  const timeout = AbortSignal.timeout(options.timeoutMs ?? 15_000);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  const resolver = createCachingResolver(options.resolver);
  const relay = toIssuedRecords(options.relay, options.selectors ?? []);
  const [spf, dkim, returnPath, dmarc, mx, optional] = await Promise.all([
    inspectSpf({ domain, spf: relay.spf, resolver, signal }),
    Promise.all(relay.dkim.map((record) => inspectDkim({ domain, dkim: record, resolver, signal }))),
    relay.returnPath && inspectReturnPath({ domain, returnPath: relay.returnPath, resolver, signal }),
    inspectDmarc({ domain, resolver, signal }),
    inspectMailExchange(domain, resolver, signal),
    inspectOptional(domain, resolver, signal),
  ]);
  const records: RecordReport[] = [spf, ...dkim, ...(returnPath ? [returnPath] : []), dmarc, mx, ...optional];
  const publish = records.flatMap((record) => record.publish ?? []);
  const signs = dkim.some(({ state }) => state === "ok") ? [domain] : [];
  const willSign = dkim.length > 0 ? [domain] : [];
  const bounce = relay.returnPath ? `${relay.returnPath.host.replace(/<[^>]*>/g, "x")}.${domain}` : undefined;
  const ownEnvelope =
    relay.returnPath === undefined && (options.relay === undefined || relay.spf?.need === "required")
      ? domain
      : undefined;
  const simulate = (envelope: string | undefined, signatures: readonly string[], at: DnsResolver) =>
    simulateAlignment({ from: domain, envelope, dkim: signatures, resolver: at, signal });
  const [now, planned] = await Promise.all([
    simulate(
      returnPath?.state === "ok" ? bounce : spf.state === "ok" ? ownEnvelope : undefined,
      signs,
      resolver,
    ),
    simulate(bounce ?? ownEnvelope, willSign, overlayResolver(resolver, publish)),
  ]);
  const findings = judgeDomain(domain);
  return {
    domain,
    verdict: toVerdict(records, findings),
    spf,
    records,
    findings,
    publish,
    alignment: { now, planned },
  };
}

function judgeDomain(domain: string): Finding[] {
  if (!freeMailDomains.has(domain)) return [];
  const message = `${domain} belongs to a mailbox provider: a relay cannot send for it so that DMARC passes. Use a From address in a domain of your own.`;
  return [{ code: "free_mail", severity: "error", message }];
}

function toVerdict(records: readonly RecordReport[], findings: readonly Finding[]): DomainReport["verdict"] {
  const all = [...findings, ...records.flatMap((record) => record.findings)];
  if (all.some(({ severity }) => severity === "error")) return "action";
  return records.some(({ state, need }) => state === "temporary" && need !== "optional")
    ? "unknown"
    : "ready";
}
