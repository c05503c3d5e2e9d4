import { ask } from "../dns/ask.js";
import type { DnsResolver, DnsType } from "../dns/dns-resolver.js";
import { SpfError } from "./spf-error.js";
import { spfLimits } from "./spf-limits.js";

/** The counters of one evaluation, shared by all records that it reads, and its way to the DNS. */
export interface SpfEvaluation {
  readonly lookups: number;
  readonly voidLookups: number;
  /** Counts a term that needs the DNS. */
  countLookup(): void;
  /** The records; none counts as a void lookup, no answer is a temperror. */
  records(name: string, type: DnsType): Promise<readonly string[]>;
  /** The records, or none for whatever reason; nothing is counted. */
  recordsIfAny(name: string, type: DnsType): Promise<readonly string[]>;
  /** The TXT records of a domain, where NXDOMAIN and NODATA are told apart by nobody; not counted. */
  texts(name: string): Promise<readonly string[]>;
}

export function createSpfEvaluation(resolver: DnsResolver, signal?: AbortSignal): SpfEvaluation {
  let lookups = 0;
  let voidLookups = 0;

  async function recordsOf(name: string, type: DnsType): Promise<readonly string[]> {
    const answer = await ask(resolver, name, type, signal);
    if (answer.status === "temporary") {
      throw new SpfError("temperror", `${type} of ${name} cannot be looked up for now: ${answer.reason}.`);
    }
    return answer.status === "found" ? answer.records : [];
  }

  return {
    get lookups() {
      return lookups;
    },
    get voidLookups() {
      return voidLookups;
    },
    countLookup() {
      lookups += 1;
      if (lookups > spfLimits.lookups) {
        throw new SpfError("permerror", `More than ${spfLimits.lookups} terms need the DNS.`);
      }
    },
    async records(name, type) {
      const records = await recordsOf(name, type);
      if (records.length === 0) voidLookups += 1;
      if (voidLookups > spfLimits.voidLookups) {
        throw new SpfError(
          "permerror",
          `More than ${spfLimits.voidLookups} questions have no answer; the last one is ${type} of ${name}.`,
        );
      }
      return records;
    },
    async recordsIfAny(name, type) {
      const answer = await ask(resolver, name, type, signal);
      return answer.status === "found" ? answer.records : [];
    },
    texts: (name) => recordsOf(name, "TXT"),
  };
}
