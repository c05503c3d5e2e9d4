import { ask } from "../dns/ask.js";
import type { DnsResolver } from "../dns/dns-resolver.js";
import { normalizeName } from "../dns/normalize-name.js";
import type { DmarcRecord } from "./dmarc-record.js";
import { isDmarcRecord, parseDmarcRecord } from "./parse-dmarc-record.js";

interface DmarcStep {
  /** Without `_dmarc`. */
  readonly domain: string;
  /** As published, DMARC records only. */
  readonly texts: readonly string[];
  /** Absent unless there is exactly one that counts. */
  readonly record?: DmarcRecord | undefined;
}

export interface DmarcTree {
  readonly steps: readonly DmarcStep[];
  /** The top of what belongs together: names with the same one are aligned when relaxed. */
  readonly organizationalDomain: string;
  /** Some name could not be looked up. */
  readonly temporary?: string | undefined;
}

const longestWalk = 8;

/** Walks from a domain up to the root (RFC 9989 section 4.10): at most eight questions; a long name goes on at seven labels. */
export async function walkDmarcTree(
  name: string,
  resolver: DnsResolver,
  signal?: AbortSignal,
): Promise<DmarcTree> {
  const domain = normalizeName(name);
  const steps: DmarcStep[] = [];
  for (const step of toWalk(domain)) {
    const answer = await ask(resolver, `_dmarc.${step}`, "TXT", signal);
    if (answer.status === "temporary") {
      return { steps, organizationalDomain: domain, temporary: `_dmarc.${step}: ${answer.reason}` };
    }
    const texts = answer.status === "found" ? answer.records.filter(isDmarcRecord) : [];
    const [text] = texts;
    const parsed = text !== undefined && texts.length === 1 ? parseDmarcRecord(text) : undefined;
    const record = typeof parsed === "object" ? parsed : undefined;
    steps.push({ domain: step, texts, record });
    if (record?.publicSuffix === "n" || (record?.publicSuffix === "y" && step !== domain)) break;
  }
  return { steps, organizationalDomain: toOrganizationalDomain(domain, steps) };
}

function toWalk(domain: string): string[] {
  const labels = domain.split(".");
  const walk = [domain];
  let rest = labels.slice(labels.length > longestWalk ? labels.length - longestWalk + 1 : 1);
  while (rest.length > 0) {
    walk.push(rest.join("."));
    rest = rest.slice(1);
  }
  return walk;
}

function toOrganizationalDomain(domain: string, steps: readonly DmarcStep[]): string {
  const records = steps.filter(({ record }) => record !== undefined);
  const top = records.at(-1);
  if (top === undefined) return domain;
  if (top.record?.publicSuffix !== "y" || top.domain === domain) return top.domain;
  const labels = domain.split(".");
  return labels.slice(-(top.domain.split(".").length + 1)).join(".");
}
