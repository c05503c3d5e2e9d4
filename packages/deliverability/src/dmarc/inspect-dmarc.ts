import { ask } from "../dns/ask.js";
import type { DnsResolver } from "../dns/dns-resolver.js";
import { isSameOrBelow } from "../dns/is-same-or-below.js";
import { normalizeName } from "../dns/normalize-name.js";
import { toTxtStrings } from "../dns/to-txt-strings.js";
import type { Finding } from "../report/finding.js";
import type { RecordReport } from "../report/record-report.js";
import { toTemporaryReport } from "../report/to-temporary-report.js";
import { discoverPolicy } from "./discover-policy.js";
import { isDmarcRecord, parseDmarcRecord } from "./parse-dmarc-record.js";
import { walkDmarcTree } from "./walk-dmarc-tree.js";

export interface InspectDmarcOptions {
  readonly domain: string;
  readonly resolver: DnsResolver;
  readonly signal?: AbortSignal | undefined;
}

/** The DMARC record that counts for a From domain, its own or that of a domain above. */
export async function inspectDmarc({ domain, resolver, signal }: InspectDmarcOptions): Promise<RecordReport> {
  const { tree, record, domain: owner } = await discoverPolicy(domain, resolver, signal);
  const own = tree.steps[0]?.texts ?? [];
  const name = `_dmarc.${owner ?? domain}`;
  const base = { purpose: "dmarc", need: "required", name, type: "TXT" } as const;
  const value = `v=DMARC1; p=none; rua=mailto:dmarc@${domain}; fo=1`;
  const publish = { name: `_dmarc.${domain}`, type: "TXT", value, strings: [value] } as const;
  const found = (owner === undefined ? own : tree.steps.find((step) => step.domain === owner)?.texts) ?? [];
  if (tree.temporary !== undefined) {
    return { ...toTemporaryReport(base, tree.temporary, "DMARC"), found };
  }
  if (own.length > 1) {
    const keep = own.find((each) => typeof parseDmarcRecord(each) === "object");
    const message = `_dmarc.${domain} has ${own.length} DMARC records, which counts as none: keep one.`;
    return {
      ...base,
      name: publish.name,
      state: "multiple",
      found: own,
      findings: [{ code: "dmarc_multiple", severity: "error", message }],
      publish: keep === undefined ? publish : { ...publish, value: keep, strings: toTxtStrings(keep) },
    };
  }
  const [text] = own;
  const mistake = text === undefined ? undefined : parseDmarcRecord(text);
  if (typeof mistake === "string") {
    const message = `The record of _dmarc.${domain} counts as none. ${mistake}`;
    return {
      ...base,
      name: publish.name,
      state: "invalid",
      found: own,
      findings: [{ code: "dmarc_invalid", severity: "error", message }],
      publish,
    };
  }
  if (record === undefined || owner === undefined) {
    return { ...base, state: "missing", found, findings: [toMissing(domain)], publish };
  }
  const findings: Finding[] = record.remarks.map((message) => ({
    code: "dmarc_remark",
    severity: "warning",
    message,
  }));
  if (owner !== normalizeName(domain)) {
    findings.push({
      code: "dmarc_inherited",
      severity: "note",
      message: `${domain} has no record of its own; that of ${owner} counts, which is right.`,
    });
  }
  if (record.reportUris.length === 0) {
    findings.push({
      code: "dmarc_no_reports",
      severity: "warning",
      message: "Without `rua=` nobody hears who sends in this domain's name: add an address for reports.",
    });
  }
  findings.push(...(await judgeReportUris(owner, record.reportUris, resolver, signal)));
  return { ...base, state: "ok", found, findings };
}

function toMissing(domain: string): Finding {
  const parent = domain.split(".").slice(1).join(".");
  const elsewhere = parent.includes(".")
    ? ` If ${parent} is yours too, publish it at _dmarc.${parent} instead: with a record of its own only, ${domain} no longer belongs to ${parent}, and what is signed for one is not aligned with the other.`
    : "";
  const message = `No DMARC record counts for ${domain}. Large receivers ask for one; begin with p=none and watch the reports.${elsewhere}`;
  return { code: "dmarc_missing", severity: "error", message };
}

/** An address elsewhere gets reports only if its domain says that it wants them (RFC 9990 section 4). */
async function judgeReportUris(
  owner: string,
  uris: readonly string[],
  resolver: DnsResolver,
  signal?: AbortSignal,
): Promise<Finding[]> {
  const domains = uris.map((uri) => /^mailto:[^@]*@([^?,]+)/i.exec(uri)?.[1] ?? owner).map(normalizeName);
  const foreign = [...new Set(domains)].filter(
    (domain) => !isSameOrBelow(domain, owner) && !isSameOrBelow(owner, domain),
  );
  const findings = await Promise.all(
    foreign.map(async (domain): Promise<Finding[]> => {
      const { organizationalDomain } = await walkDmarcTree(domain, resolver, signal);
      if (organizationalDomain === (await walkDmarcTree(owner, resolver, signal)).organizationalDomain)
        return [];
      const answer = await ask(resolver, `${owner}._report._dmarc.${domain}`, "TXT", signal);
      if (answer.status === "temporary" || (answer.status === "found" && answer.records.some(isDmarcRecord)))
        return [];
      const message = `Reports go to ${domain}, which does not say that it takes them: it has to publish \`v=DMARC1\` at ${owner}._report._dmarc.${domain}.`;
      return [{ code: "dmarc_report_permission", severity: "warning", message }];
    }),
  );
  return findings.flat();
}
