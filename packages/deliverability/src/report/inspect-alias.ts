import { ask } from "../dns/ask.js";
import type { DnsResolver } from "../dns/dns-resolver.js";
import { findMisplaced } from "./find-misplaced.js";
import type { Finding } from "./finding.js";
import { toIssuedText } from "./issued-text.js";
import type { RecordReport } from "./record-report.js";
import { toTemporaryReport } from "./to-temporary-report.js";

export interface AliasCheck {
  readonly purpose: "dkim" | "return-path";
  readonly domain: string;
  /** Below the domain, nothing left open. */
  readonly host: string;
  /** As in `DomainRecords`. */
  readonly value: string | undefined;
  readonly resolver: DnsResolver;
  readonly signal?: AbortSignal | undefined;
}

/** A CNAME that a relay wants: whether it is there and leads where it should. */
export async function inspectAlias({
  purpose,
  domain,
  host,
  value,
  resolver,
  signal,
}: AliasCheck): Promise<RecordReport> {
  const name = `${host}.${domain}`;
  const target = value === undefined ? undefined : toIssuedText(value, domain);
  const need = purpose === "dkim" ? "required" : "recommended";
  const base = { purpose, need, name, type: "CNAME" } as const;
  const publish = target?.isWhole ? ({ name, type: "CNAME", value: target.text } as const) : undefined;
  const severity = need === "required" ? "error" : "warning";
  const answer = await ask(resolver, name, "CNAME", signal);
  if (answer.status === "temporary") return toTemporaryReport(base, answer.reason);
  if (answer.status === "found") {
    const [alias = ""] = answer.records;
    if (target === undefined || target.fits(alias))
      return { ...base, state: "ok", found: answer.records, findings: [] };
    const message = `${name} leads to ${alias}; the relay wants ${target.text}.`;
    return {
      ...base,
      state: "invalid",
      found: answer.records,
      findings: [{ code: "alias_target", severity, message }],
      publish,
    };
  }
  const why = answer.status === "nodata" ? "exists and has no CNAME" : "does not exist";
  const findings: Finding[] = await findMisplaced(host, domain, "CNAME", resolver, signal);
  if (findings.length === 0) {
    const hint = publish === undefined ? " The relay shows where it has to lead." : "";
    findings.push({ code: "alias_missing", severity, message: `${name} ${why}.${hint}` });
  }
  return { ...base, state: "missing", found: [], findings, publish };
}
