import type { DomainRecords } from "@getfluxly/email-core";
import type { Finding } from "../report/finding.js";
import { spfLimits } from "./spf-limits.js";
import type { SpfLookups } from "./spf-lookups.js";
import type { SpfMerge } from "./spf-merge.js";
import type { SpfRecord } from "./spf-record.js";

interface SpfFacts {
  readonly domain: string;
  readonly records: readonly SpfRecord[];
  readonly lookups: SpfLookups | undefined;
  readonly lookupsAfter: SpfLookups | undefined;
  readonly merge: SpfMerge;
  readonly spf: DomainRecords["spf"];
}

/** What there is to say about SPF records, worst first. */
export function judgeSpf(facts: SpfFacts): Finding[] {
  const findings = [
    ...judgePresence(facts),
    ...facts.records.flatMap(judgeRecord),
    ...judgeLookups(facts),
    ...judgeMerge(facts),
  ];
  const order = ["error", "warning", "note"];
  return findings.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

function judgePresence({ domain, records, merge, spf }: SpfFacts): Finding[] {
  if (records.length > 1) {
    const message = `${domain} publishes ${records.length} SPF records, which is a PermError for every message: keep one that holds the terms of all.`;
    return [{ code: "spf_multiple", severity: "error", message }];
  }
  const isMissing = records.length === 0 || (merge.outcome === "merged" && merge.added.length > 0);
  if (!isMissing) return [];
  if (spf === undefined) {
    return [
      {
        code: "spf_missing",
        severity: "note",
        message: `${domain} publishes no SPF record. This relay does not need one there.`,
      },
    ];
  }
  const include = `include:${spf.include}`;
  const code = records.length === 0 ? "spf_missing" : "spf_include_missing";
  const what =
    records.length === 0 ? `${domain} publishes no SPF record` : `\`${include}\` is not in the record`;
  if (spf.need === "required")
    return [{ code, severity: "error", message: `${what}: the relay is not allowed to send for ${domain}.` }];
  const when =
    spf.need === "conditional"
      ? "It is needed when the relay sends with an address of this domain in the envelope, as with a dedicated IP address."
      : "The relay does not need it any more, because its own domain is in the envelope; it does no harm, and costs lookups.";
  return [{ code, severity: "note", message: `${what}. ${when}` }];
}

function judgeRecord({ source, terms, problems }: SpfRecord): Finding[] {
  const findings: Finding[] = problems.map(({ term, message }) => ({
    code: "spf_syntax",
    severity: "error",
    message: `\`${term}\`: ${message} A mistake anywhere in the record is a PermError for every message.`,
  }));
  const warn = (code: string, message: string) => findings.push({ code, severity: "warning", message });
  const all = terms.find((term) => term.kind === "all");
  const hasRedirect = terms.some(({ kind }) => kind === "redirect");
  if (all === undefined && !hasRedirect && problems.length === 0) {
    warn(
      "spf_no_all",
      "The record ends without `all`, so it says nothing about everyone else: end it with `~all` or `-all`.",
    );
  }
  if (all?.qualifier === "+")
    warn("spf_pass_all", "`+all` lets everyone send for this domain: make it `~all` or `-all`.");
  if (terms.some(({ kind }) => kind === "ptr")) {
    warn(
      "spf_ptr",
      "`ptr` is slow and unreliable, and RFC 7208 asks not to use it: name addresses or hosts instead.",
    );
  }
  if (source.length > 450) {
    warn(
      "spf_long",
      `The record has ${source.length} octets. With more than about 450 an answer may not fit into one packet, and some receivers give up.`,
    );
  }
  return findings;
}

function judgeLookups({ domain, lookups, lookupsAfter }: SpfFacts): Finding[] {
  const findings: Finding[] = [];
  const error = (code: string, message: string) => findings.push({ code, severity: "error", message });
  const subdomain = `Take out what is not used any more. If all of it is, let one sender use a sub-domain such as news.${domain}, which has a record and a limit of its own. Do not replace includes by their addresses: they change.`;
  for (const problem of lookups?.problems ?? []) error("spf_perm_error", `${problem} That is a PermError.`);
  if (lookups?.temporary !== undefined) {
    const message = `Not all of the record can be looked up for now (${lookups.temporary}), so there may be more lookups than are counted.`;
    findings.push({ code: "spf_not_counted", severity: "warning", message });
  }
  if (lookups !== undefined && lookups.total > spfLimits.lookups) {
    error(
      "spf_too_many_lookups",
      `The record needs ${toCount(lookups)} lookups and ${spfLimits.lookups} are allowed: a PermError for all that is not matched before. ${subdomain}`,
    );
  } else if (lookupsAfter !== undefined && lookupsAfter.total > spfLimits.lookups) {
    error(
      "spf_too_many_lookups_after",
      `With the relay's include the record needs ${toCount(lookupsAfter)} lookups and ${spfLimits.lookups} are allowed: do not publish it like this. ${subdomain}`,
    );
  }
  const voids = lookups === undefined ? 0 : Math.max(lookups.voidForIp4, lookups.voidForIp6);
  if (voids > spfLimits.voidLookups) {
    error(
      "spf_void_lookups",
      `${voids} of the names in the record have no answer and ${spfLimits.voidLookups} are allowed: take out names that are not there any more.`,
    );
  }
  return findings;
}

function judgeMerge({ merge, records }: SpfFacts): Finding[] {
  if (merge.outcome === "refused") {
    const isOwnMistake = records.some(({ problems }) => problems.length > 0);
    if (isOwnMistake) return [];
    return merge.reasons.map((message) => ({ code: "spf_merge_by_hand", severity: "error", message }));
  }
  return merge.notes.map((message) => ({ code: "spf_merge_note", severity: "note", message }));
}

function toCount({ total, isLowerBound }: SpfLookups): string {
  return isLowerBound ? `at least ${total}` : String(total);
}
