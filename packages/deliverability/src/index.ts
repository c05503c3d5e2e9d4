export { createZoneResolver, type ZoneEntry } from "./dns/create-zone-resolver.js";
export type { DnsAnswer, DnsResolver, DnsType } from "./dns/dns-resolver.js";
export { type OverlayRecord, overlayResolver } from "./dns/overlay-resolver.js";
export { type CheckHostOptions, checkHost } from "./spf/check-host.js";
export { parseSpfRecord } from "./spf/parse-spf-record.js";
export type { SpfProblem, SpfRecord, SpfTerm } from "./spf/spf-record.js";
export type { SpfResult, SpfResultCode } from "./spf/spf-result.js";
