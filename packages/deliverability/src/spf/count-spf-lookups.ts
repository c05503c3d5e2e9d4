import { ask } from "../dns/ask.js";
import type { DnsResolver } from "../dns/dns-resolver.js";
import { normalizeName } from "../dns/normalize-name.js";
import { isSpfRecord } from "./is-spf-record.js";
import type { MacroString } from "./macro-string.js";
import { parseSpfRecord } from "./parse-spf-record.js";
import { spfLimits } from "./spf-limits.js";
import type { SpfLookup, SpfLookups } from "./spf-lookups.js";
import type { SpfTerm } from "./spf-record.js";

export interface CountSpfLookupsOptions {
  readonly domain: string;
  /** Counted in place of what the domain publishes. */
  readonly record: string;
  readonly resolver: DnsResolver;
  readonly signal?: AbortSignal | undefined;
}

/** Far more than is allowed: a record that is over the limit need not be read to its end. */
const enough = 60;

/** Walks the whole tree of a record. Rejects for nothing. */
export async function countSpfLookups({
  domain,
  record,
  resolver,
  signal,
}: CountSpfLookupsOptions): Promise<SpfLookups> {
  let counted = 0;
  let isLowerBound = false;
  let voidForIp4 = 0;
  let voidForIp6 = 0;
  let temporary: string | undefined;
  const problems: string[] = [];

  /** 1 for a question that has no answer. */
  async function isVoid(name: string, type: "A" | "AAAA" | "MX"): Promise<0 | 1> {
    const answer = await ask(resolver, name, type, signal);
    if (answer.status === "temporary") temporary ??= `${type} of ${name}: ${answer.reason}`;
    return answer.status === "nodata" || answer.status === "nxdomain" ? 1 : 0;
  }

  async function countHosts(
    kind: "a" | "mx" | "exists",
    target: string,
    term: string,
  ): Promise<string | undefined> {
    let hosts = [target];
    if (kind === "mx") {
      const answer = await ask(resolver, target, "MX", signal);
      if (answer.status === "temporary") temporary ??= `MX of ${target}: ${answer.reason}`;
      hosts =
        answer.status === "found" ? answer.records.map((text) => text.slice(text.indexOf(" ") + 1)) : [];
      if (answer.status === "nodata" || answer.status === "nxdomain") {
        voidForIp4 += 1;
        voidForIp6 += 1;
      }
      hosts = hosts.filter((host) => host !== ".");
      if (hosts.length > spfLimits.names)
        return `\`${term}\` has ${hosts.length} mail servers; ${spfLimits.names} are allowed.`;
    }
    for (const host of hosts) {
      const ip4 = await isVoid(host, "A");
      voidForIp4 += ip4;
      voidForIp6 += kind === "exists" ? ip4 : await isVoid(host, "AAAA");
    }
    return undefined;
  }

  async function readBehind(target: string, path: readonly string[], term: string) {
    if (path.includes(normalizeName(target)))
      return { problem: `\`${term}\` leads back to ${target}, without end.`, behind: [] };
    const answer = await ask(resolver, target, "TXT", signal);
    if (answer.status === "temporary") {
      temporary ??= `TXT of ${target}: ${answer.reason}`;
      return { behind: [] };
    }
    const records = answer.status === "found" ? answer.records.filter(isSpfRecord) : [];
    const [text] = records;
    if (text === undefined)
      return { problem: `\`${term}\` leads to ${target}, which has no SPF record.`, behind: [] };
    if (records.length > 1)
      return {
        problem: `\`${term}\` leads to ${target}, which has ${records.length} SPF records.`,
        behind: [],
      };
    const { problems: mistakes } = parseSpfRecord(text);
    const [mistake] = mistakes;
    const problem =
      mistake &&
      `\`${term}\` leads to ${target}, whose record is wrong at \`${mistake.term}\`: ${mistake.message}`;
    return { problem, behind: await walk(text, target, [...path, normalizeName(target)]) };
  }

  async function visit(
    term: SpfTerm,
    owner: string,
    path: readonly string[],
  ): Promise<SpfLookup | undefined> {
    if (
      term.kind === "all" ||
      term.kind === "ip4" ||
      term.kind === "ip6" ||
      term.kind === "exp" ||
      term.kind === "unknown"
    )
      return undefined;
    counted += 1;
    const { source } = term;
    const target = toTarget(term.domain, owner);
    if (target === undefined) {
      isLowerBound ||= term.kind === "include" || term.kind === "redirect";
      counted += countNameMacros(term.domain);
      return { term: source, lookups: 1 + countNameMacros(term.domain), behind: [] };
    }
    if (term.kind === "ptr") return { term: source, target, lookups: 1, behind: [] };
    if (term.kind === "include" || term.kind === "redirect") {
      const { problem, behind } = await readBehind(target, path, source);
      if (problem !== undefined) problems.push(problem);
      const lookups = behind.reduce((sum, lookup) => sum + lookup.lookups, 1);
      return { term: source, target, lookups, problem, behind };
    }
    const problem = await countHosts(term.kind, target, source);
    if (problem !== undefined) problems.push(problem);
    return { term: source, target, lookups: 1, problem, behind: [] };
  }

  async function walk(text: string, owner: string, path: readonly string[]): Promise<SpfLookup[]> {
    const lookups: SpfLookup[] = [];
    for (const term of termsInForce(parseSpfRecord(text).terms)) {
      if (counted > enough) {
        isLowerBound = true;
        break;
      }
      const lookup = await visit(term, owner, path);
      if (lookup !== undefined) lookups.push(lookup);
    }
    return lookups;
  }

  const tree = await walk(record, domain, [normalizeName(domain)]);
  const total = tree.reduce((sum, { lookups }) => sum + lookups, 0);
  return { total, voidForIp4, voidForIp6, isLowerBound, tree, problems, temporary };
}

/** Nothing behind `all` is read, and beside it no `redirect`. */
function termsInForce(terms: readonly SpfTerm[]): readonly SpfTerm[] {
  const end = terms.findIndex(({ kind }) => kind === "all");
  if (end >= 0) return terms.slice(0, end).filter(({ kind }) => kind !== "redirect");
  return [
    ...terms.filter(({ kind }) => kind !== "redirect"),
    ...terms.filter(({ kind }) => kind === "redirect"),
  ];
}

/** `%{d}` is the owner of the record; any other macro depends on who sends. */
function toTarget(domain: MacroString | undefined, owner: string): string | undefined {
  if (domain === undefined) return owner;
  let name = "";
  for (const part of domain) {
    if (
      typeof part !== "string" &&
      (part.letter !== "d" || part.keep !== undefined || part.reverse || part.delimiters !== ".")
    )
      return undefined;
    name += typeof part === "string" ? part : owner;
  }
  return name.replace(/\.$/, "");
}

function countNameMacros(domain: MacroString | undefined): number {
  return (domain ?? []).filter((part) => typeof part !== "string" && part.letter === "p").length;
}
