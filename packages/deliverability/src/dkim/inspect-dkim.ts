import type { DomainRecords } from "@getfluxly/email-core";
import { ask } from "../dns/ask.js";
import type { DnsResolver } from "../dns/dns-resolver.js";
import { toTxtStrings } from "../dns/to-txt-strings.js";
import { findMisplaced } from "../report/find-misplaced.js";
import type { Finding } from "../report/finding.js";
import { inspectAlias } from "../report/inspect-alias.js";
import { toIssuedText } from "../report/issued-text.js";
import type { RecordReport } from "../report/record-report.js";
import { toTemporaryReport } from "../report/to-temporary-report.js";
import { judgeDkimKey } from "./judge-dkim-key.js";

export interface InspectDkimOptions {
  readonly domain: string;
  readonly dkim: DomainRecords["dkim"][number];
  readonly resolver: DnsResolver;
  readonly signal?: AbortSignal | undefined;
}

/** One DKIM record that a relay wants: whether it is there, leads where it should, and holds a good key. */
export async function inspectDkim({
  domain,
  dkim,
  resolver,
  signal,
}: InspectDkimOptions): Promise<RecordReport> {
  const { text: host, isWhole } = toIssuedText(dkim.host, domain);
  const name = `${host}.${domain}`;
  if (!isWhole) {
    const message = `The relay issues the name: its page of the domain shows ${dkim.type === "TXT" ? "name and value" : "both"}. Name the selector to have the record checked.`;
    const findings: Finding[] = [{ code: "dkim_selector_unknown", severity: "note", message }];
    return {
      purpose: "dkim",
      need: "required",
      name,
      type: dkim.type,
      state: "not_checked",
      found: [],
      findings,
    };
  }
  if (dkim.type === "TXT") return inspectKey(host, { domain, dkim, resolver, signal });
  const alias = await inspectAlias({ purpose: "dkim", domain, host, value: dkim.value, resolver, signal });
  if (alias.state !== "ok" && alias.state !== "missing") return alias;
  const key = await inspectKey(host, { domain, dkim: { type: "TXT", host }, resolver, signal });
  if (alias.state === "missing") {
    if (key.found.length === 0) return alias;
    const message = `There is a key at ${name} itself in place of a CNAME. It works until the relay changes its key.`;
    return { ...key, findings: [...key.findings, { code: "dkim_not_alias", severity: "note", message }] };
  }
  if (key.state !== "missing")
    return { ...alias, state: key.state === "multiple" ? "invalid" : key.state, findings: key.findings };
  const message = `${name} leads to ${alias.found[0]}, and there is no key yet. Have the relay verify the domain.`;
  return { ...alias, findings: [{ code: "dkim_key_not_there", severity: "warning", message }] };
}

async function inspectKey(
  host: string,
  { domain, dkim, resolver, signal }: InspectDkimOptions,
): Promise<RecordReport> {
  const name = `${host}.${domain}`;
  const base = { purpose: "dkim", need: "required", name, type: "TXT" } as const;
  const answer = await ask(resolver, name, "TXT", signal);
  if (answer.status === "temporary") return toTemporaryReport(base, answer.reason);
  const expected = dkim.value === undefined ? undefined : toIssuedText(dkim.value, domain);
  const value = expected?.isWhole ? expected.text : undefined;
  const publish =
    value === undefined ? undefined : { name, type: "TXT" as const, value, strings: toTxtStrings(value) };
  if (answer.status !== "found") {
    const findings: Finding[] = await findMisplaced(host, domain, "TXT", resolver, signal);
    const why = answer.status === "nodata" ? "exists and has no TXT record" : "does not exist";
    if (findings.length === 0)
      findings.push({
        code: "dkim_missing",
        severity: "error",
        message: `${name} ${why}: publish the key that the relay shows.`,
      });
    return { ...base, state: "missing", found: [], findings, publish };
  }
  const [record = ""] = answer.records;
  if (answer.records.length > 1) {
    const message = `${name} has ${answer.records.length} TXT records; receivers may take any of them. Keep the one that the relay shows.`;
    return {
      ...base,
      state: "multiple",
      found: answer.records,
      findings: [{ code: "dkim_multiple", severity: "error", message }],
      publish,
    };
  }
  const findings = await judgeDkimKey(record);
  const isInvalid = findings.some(({ severity }) => severity === "error");
  return {
    ...base,
    state: isInvalid ? "invalid" : "ok",
    found: answer.records,
    findings,
    publish: isInvalid ? publish : undefined,
  };
}
