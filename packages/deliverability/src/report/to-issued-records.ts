import type { DomainRecords } from "@getfluxly/email-core";

type RelayRecords = Pick<DomainRecords, "spf" | "dkim" | "returnPath">;

/** What a relay wants, with the selectors it issued in place of those its definition leaves open. */
export function toIssuedRecords(
  relay: DomainRecords | undefined,
  selectors: readonly string[],
): RelayRecords {
  const known = relay?.dkim ?? [];
  if (selectors.length === 0) return { spf: relay?.spf, dkim: known, returnPath: relay?.returnPath };
  const fixed = known.filter(({ host }) => !host.includes("<"));
  const type = known.find(({ host }) => host.includes("<"))?.type ?? "TXT";
  const issued = selectors.map((selector) => selector.replace(/\._domainkey.*$/, ""));
  const added = issued
    .map((selector) => `${selector}._domainkey`)
    .filter((host) => !fixed.some((record) => record.host === host))
    .map((host) => ({ type, host, value: known.find((record) => record.host.includes("<"))?.value }));
  return { spf: relay?.spf, dkim: [...fixed, ...added], returnPath: relay?.returnPath };
}
