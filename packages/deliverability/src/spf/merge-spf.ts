import { joinSpfRecords } from "./join-spf-records.js";
import { parseSpfRecord } from "./parse-spf-record.js";
import { parseSpfTerm } from "./parse-spf-term.js";
import type { SpfMerge } from "./spf-merge.js";
import type { SpfMechanism } from "./spf-record.js";
import { toTermKey } from "./to-term-key.js";

/**
 * One record out of those that a name publishes (none, one, or by mistake several) and the terms that a relay wants,
 * say `include:spf.example.net`. Order, macros and unknown modifiers stay as they are; there is one `all`, the
 * strictest; a term that is there already is not added again. A new record ends in `-all`.
 */
export function mergeSpf(records: readonly string[], terms: readonly string[]): SpfMerge {
  const additions = terms.map(toAddition);
  const wrong = additions.filter((addition) => typeof addition === "string");
  if (wrong.length > 0) return { outcome: "refused", reasons: wrong };
  if (records.length === 0) {
    const record = ["v=spf1", ...terms, "-all"].join(" ");
    return { outcome: "merged", record, changed: true, added: terms, notes: [] };
  }
  const joined = joinSpfRecords(records.map((record) => parseSpfRecord(record)));
  if ("reasons" in joined) return { outcome: "refused", reasons: joined.reasons };

  const added: SpfMechanism[] = [];
  const reasons: string[] = [];
  for (const addition of additions.filter((term) => typeof term !== "string")) {
    const present = [...joined.mechanisms, ...added].find((term) => toTermKey(term) === toTermKey(addition));
    if (present === undefined) added.push(addition);
    else if (present.qualifier !== "+") {
      reasons.push(
        `\`${present.source}\` does not let the relay send: make it \`${addition.source}\` first.`,
      );
    }
  }
  if (reasons.length > 0) return { outcome: "refused", reasons };

  const ordered = [...joined.mechanisms, ...added, ...joined.ending].map(({ source }) => source);
  const record = ["v=spf1", ...ordered].join(" ");
  return {
    outcome: "merged",
    record,
    changed: records.length > 1 || records[0] !== record,
    added: added.map(({ source }) => source),
    notes: joined.notes,
  };
}

function toAddition(source: string): SpfMechanism | string {
  const term = parseSpfTerm(source);
  if (typeof term === "string") return `\`${source}\`: ${term}`;
  if (!("qualifier" in term) || term.kind === "all" || term.qualifier !== "+") {
    return `\`${source}\` is not a mechanism that lets someone send.`;
  }
  return term;
}
