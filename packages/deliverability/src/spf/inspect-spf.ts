import type { DomainRecords } from "@getfluxly/email-core";
import { ask } from "../dns/ask.js";
import type { DnsResolver } from "../dns/dns-resolver.js";
import { toTxtStrings } from "../dns/to-txt-strings.js";
import type { Finding } from "../report/finding.js";
import type { RecordReport, RecordState } from "../report/record-report.js";
import { toTemporaryReport } from "../report/to-temporary-report.js";
import { countSpfLookups } from "./count-spf-lookups.js";
import { isIncludedBelow } from "./is-included-below.js";
import { isSpfRecord } from "./is-spf-record.js";
import { judgeSpf } from "./judge-spf.js";
import { mergeSpf } from "./merge-spf.js";
import { parseSpfRecord } from "./parse-spf-record.js";
import type { SpfLookups } from "./spf-lookups.js";
import type { SpfMerge } from "./spf-merge.js";

export interface SpfReport extends RecordReport {
  /** Of the record as it is published; absent when there is not exactly one. */
  readonly lookups?: SpfLookups | undefined;
  /** Of the record as it should be. */
  readonly lookupsAfter?: SpfLookups | undefined;
  readonly merge: SpfMerge;
}

export interface InspectSpfOptions {
  readonly domain: string;
  /** Absent: the relay wants nothing in this record. */
  readonly spf: DomainRecords["spf"];
  readonly resolver: DnsResolver;
  readonly signal?: AbortSignal | undefined;
}

const needs = { required: "required", conditional: "recommended", legacy: "optional" } as const;

/** The SPF record of a domain: what is published, what is wrong with it, and the one record to publish. */
export async function inspectSpf({ domain, spf, resolver, signal }: InspectSpfOptions): Promise<SpfReport> {
  const answer = await ask(resolver, domain, "TXT", signal);
  const found = answer.status === "found" ? answer.records.filter(isSpfRecord) : [];
  const count = (record: string) => countSpfLookups({ domain, record, resolver, signal });
  const [record] = found;
  const lookups = record !== undefined && found.length === 1 ? await count(record) : undefined;
  const isBelow = spf !== undefined && lookups !== undefined && isIncludedBelow(lookups.tree, spf.include);
  const merge = mergeSpf(found, spf === undefined || isBelow ? [] : [`include:${spf.include}`]);
  const lookupsAfter = merge.outcome === "merged" && found.length > 0 ? await count(merge.record) : undefined;
  const base = {
    purpose: "spf",
    need: spf ? needs[spf.need] : "optional",
    name: domain,
    type: "TXT",
  } as const;
  if (answer.status === "temporary") {
    return { ...toTemporaryReport(base, answer.reason, `The TXT records of ${domain}`), found, merge };
  }
  const findings = judgeSpf({
    domain,
    records: found.map(parseSpfRecord),
    lookups,
    lookupsAfter,
    merge,
    spf,
  });
  const isWorthPublishing =
    merge.outcome === "merged" && merge.changed && (spf !== undefined || found.length > 1);
  const value = isWorthPublishing ? merge.record : undefined;
  return {
    ...base,
    state: toState(found.length, findings),
    found,
    findings,
    publish:
      value === undefined ? undefined : { name: domain, type: "TXT", value, strings: toTxtStrings(value) },
    lookups,
    lookupsAfter,
    merge,
  };
}

function toState(records: number, findings: readonly Finding[]): RecordState {
  if (records === 0) return "missing";
  if (records > 1) return "multiple";
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return "ok";
  return errors.every(({ code }) => code === "spf_include_missing") ? "incomplete" : "invalid";
}
