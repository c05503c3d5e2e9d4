import type { DnsResolver, DnsType } from "./dns-resolver.js";
import { normalizeName } from "./normalize-name.js";

/** A record as it would be published; it takes the place of every record of that name and type. */
export interface OverlayRecord {
  readonly name: string;
  readonly type: DnsType;
  readonly value: string;
}

/** The DNS as it will be once `records` are published. A CNAME among them is followed. */
export function overlayResolver(resolver: DnsResolver, records: readonly OverlayRecord[]): DnsResolver {
  const resolve: DnsResolver["resolve"] = async (name, type, signal) => {
    const own = records.filter((record) => normalizeName(record.name) === normalizeName(name));
    const values = own.filter((record) => record.type === type).map(({ value }) => value);
    if (values.length > 0) return { status: "found", records: values };
    const alias = own.find((record) => record.type === "CNAME");
    if (alias !== undefined)
      return type === "CNAME" ? { status: "nodata" } : resolve(alias.value, type, signal);
    const answer = await resolver.resolve(name, type, signal);
    const exists =
      own.length > 0 ||
      records.some((record) => normalizeName(record.name).endsWith(`.${normalizeName(name)}`));
    return answer.status === "nxdomain" && exists ? { status: "nodata" } : answer;
  };
  return { resolve };
}
