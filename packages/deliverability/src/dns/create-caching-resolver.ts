import type { DnsAnswer, DnsResolver } from "./dns-resolver.js";
import { normalizeName } from "./normalize-name.js";

/** Asks each question once, for the life of one report: half of its checks ask for the same records. */
export function createCachingResolver(resolver: DnsResolver): DnsResolver {
  const answers = new Map<string, Promise<DnsAnswer>>();
  return {
    resolve(name, type, signal) {
      const key = `${type} ${normalizeName(name)}`;
      const known = answers.get(key) ?? resolver.resolve(name, type, signal);
      answers.set(key, known);
      return known;
    },
  };
}
