import type { DomainRecords } from "@getfluxly/email-core";
import { ask } from "../dns/ask.js";
import type { DnsResolver } from "../dns/dns-resolver.js";
import { inspectAlias } from "./inspect-alias.js";
import { toIssuedText } from "./issued-text.js";
import type { RecordReport } from "./record-report.js";
import { toTemporaryReport } from "./to-temporary-report.js";

export interface InspectReturnPathOptions {
  readonly domain: string;
  readonly returnPath: NonNullable<DomainRecords["returnPath"]>;
  readonly resolver: DnsResolver;
  readonly signal?: AbortSignal | undefined;
}

/** The record that puts the relay's envelope sender below the sending domain. Without it SPF does not align; DKIM still can. */
export async function inspectReturnPath({
  domain,
  returnPath,
  resolver,
  signal,
}: InspectReturnPathOptions): Promise<RecordReport> {
  const { text: host, isWhole } = toIssuedText(returnPath.host, domain);
  const name = `${host}.${domain}`;
  const base = { purpose: "return-path", need: "recommended", name } as const;
  if (!isWhole) {
    const message = "The relay issues the name: its page of the domain shows it.";
    return {
      ...base,
      type: returnPath.type,
      state: "not_checked",
      found: [],
      findings: [{ code: "return_path_unknown", severity: "note", message }],
    };
  }
  if (returnPath.type === "CNAME") {
    return inspectAlias({ purpose: "return-path", domain, host, value: returnPath.value, resolver, signal });
  }
  const wanted = toIssuedText(returnPath.value.replace(/^\d+\s+/, ""), domain);
  const answer = await ask(resolver, name, "MX", signal);
  if (answer.status === "temporary") return toTemporaryReport({ ...base, type: "MX" }, answer.reason);
  const found = answer.status === "found" ? answer.records : [];
  if (found.length === 1 && wanted.fits((found[0] ?? "").replace(/^\d+\s+/, "")))
    return { ...base, type: "MX", state: "ok", found, findings: [] };
  const what = found.length === 0 ? `${name} has no MX record` : `${name} has other MX records`;
  const message = `${what}; the relay wants exactly one, to ${wanted.text}.`;
  const publish = wanted.isWhole ? ({ name, type: "MX", value: returnPath.value } as const) : undefined;
  return {
    ...base,
    type: "MX",
    state: found.length === 0 ? "missing" : "invalid",
    found,
    findings: [{ code: "return_path_mx", severity: "warning", message }],
    publish,
  };
}
