import type { DnsAnswer, DnsResolver, DnsType } from "../dns/dns-resolver.js";

const types: readonly DnsType[] = ["A", "AAAA", "CNAME", "MX", "PTR", "TXT"];
const nothing: DnsAnswer = { status: "nodata" };
const codes = { nodata: "ENODATA", nxdomain: "ENOTFOUND", temporary: "ESERVFAIL" } as const;

/** One of our resolvers as mailauth wants it: like `resolve` of `node:dns/promises`. */
export function toOracleResolver(resolver: DnsResolver) {
  return async (name: string, type: string): Promise<string[] | string[][]> => {
    const known = types.find((each) => each === type);
    const answer = known === undefined ? nothing : await resolver.resolve(name, known);
    if (answer.status !== "found")
      throw Object.assign(new Error(answer.status), { code: codes[answer.status] });
    if (type === "TXT") return answer.records.map((text) => [text]);
    if (type !== "MX") return [...answer.records];
    const exchanges = answer.records.map((text) => {
      const [priority, exchange] = text.split(" ");
      return { priority: Number(priority), exchange };
    });
    // Its types forget that MX records are objects.
    return exchanges as unknown as string[];
  };
}
