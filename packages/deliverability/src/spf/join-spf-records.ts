import type { SpfMechanism, SpfQualifier, SpfRecord, SpfTerm } from "./spf-record.js";
import { toTermKey } from "./to-term-key.js";

export interface JoinedSpf {
  /** Those in force before `all` and `redirect`. */
  readonly mechanisms: readonly SpfMechanism[];
  /** Other modifiers, then `all` or `redirect`. */
  readonly ending: readonly Pick<SpfTerm, "source">[];
  readonly notes: readonly string[];
}

const strictness: readonly SpfQualifier[] = ["-", "~", "?", "+"];

/** Several records as one; with a single one: as it is, less what has no effect. Refuses where the sense could change. */
export function joinSpfRecords(
  records: readonly SpfRecord[],
): JoinedSpf | { readonly reasons: readonly string[] } {
  const reasons = records.flatMap(({ problems }) =>
    problems.map(
      ({ term, message }) => `The published record is wrong at \`${term}\`: ${message} Mend that first.`,
    ),
  );
  const notes: string[] = [];
  const parts = records.map((record) => takeApart(record, notes));
  const mechanisms = parts.flatMap((part) => part.mechanisms);
  const restrictive = mechanisms.filter(({ qualifier }) => qualifier !== "+");
  if (records.length > 1 && restrictive.length > 0) {
    reasons.push(
      `Several records are published, and their order matters for ${list(restrictive)}: join them by hand.`,
    );
  }
  const redirects = unique(parts.flatMap(({ redirect }) => redirect ?? []));
  if (redirects.length > 1)
    reasons.push(`Only one of ${list(redirects)} can stay: join the records by hand.`);
  if (reasons.length > 0) return { reasons };

  const explanations = unique(parts.flatMap(({ explanation }) => explanation ?? []));
  if (explanations.length > 1)
    notes.push(`Only one \`exp=\` may stay; left out: ${list(explanations.slice(1))}.`);
  return {
    mechanisms: unique(mechanisms),
    ending: [
      ...unique(parts.flatMap(({ modifiers }) => modifiers)),
      ...explanations.slice(0, 1),
      chooseEnd(
        parts.flatMap(({ all }) => all ?? []),
        redirects[0],
        notes,
      ),
    ],
    notes,
  };
}

function takeApart({ terms }: SpfRecord, notes: string[]) {
  const end = terms.findIndex(({ kind }) => kind === "all");
  const isMechanism = (term: SpfTerm): term is SpfMechanism => "qualifier" in term;
  const all = terms.filter(isMechanism).find(({ kind }) => kind === "all");
  const dead = end < 0 ? [] : terms.slice(end + 1).filter(isMechanism);
  if (dead.length > 0) {
    notes.push(
      `${list(dead)} stood behind \`${all?.source}\`, where nothing is read any more, and is left out. Put it before \`all\` if it is to count.`,
    );
  }
  const redirect = terms.find(({ kind }) => kind === "redirect");
  if (redirect !== undefined && all !== undefined) {
    notes.push(`\`${redirect.source}\` has no effect beside \`${all.source}\` and is left out.`);
  }
  return {
    mechanisms: (end < 0 ? terms : terms.slice(0, end)).filter(isMechanism),
    all,
    redirect: all === undefined ? redirect : undefined,
    explanation: terms.find(({ kind }) => kind === "exp"),
    modifiers: terms.filter(({ kind }) => kind === "unknown"),
  };
}

function chooseEnd(
  alls: readonly SpfMechanism[],
  redirect: SpfTerm | undefined,
  notes: string[],
): Pick<SpfTerm, "source"> {
  const [all] = [...alls].sort((a, b) => strictness.indexOf(a.qualifier) - strictness.indexOf(b.qualifier));
  if (redirect !== undefined) {
    if (all !== undefined)
      notes.push(`\`${all.source}\` is left out: beside it \`${redirect.source}\` would have no effect.`);
    return redirect;
  }
  if (all === undefined) {
    notes.push("The record said nothing about everyone else; `~all` does, and refuses nobody yet.");
    return { source: "~all" };
  }
  if (new Set(alls.map(({ qualifier }) => qualifier)).size > 1)
    notes.push(`Of several \`all\`, the strictest stays: \`${all.source}\`.`);
  return all;
}

/** The first of each; one that follows an equal one decides nothing. */
function unique<T extends SpfTerm>(terms: readonly T[]): T[] {
  const key = (term: T) => `${"qualifier" in term ? term.qualifier : ""}${toTermKey(term)}`;
  return terms.filter((term, index) => terms.findIndex((other) => key(other) === key(term)) === index);
}

function list(terms: readonly Pick<SpfTerm, "source">[]): string {
  return terms.map(({ source }) => `\`${source}\``).join(", ");
}
