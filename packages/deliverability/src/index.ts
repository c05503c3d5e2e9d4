export type { DmarcAlignment, DmarcPolicy, DmarcRecord } from "./dmarc/dmarc-record.js";
export {
  type Alignment,
  type AlignmentOptions,
  type MechanismAlignment,
  simulateAlignment,
} from "./dmarc/simulate-alignment.js";
export { createZoneResolver, type ZoneEntry } from "./dns/create-zone-resolver.js";
export type { DnsAnswer, DnsResolver, DnsType } from "./dns/dns-resolver.js";
export { type OverlayRecord, overlayResolver } from "./dns/overlay-resolver.js";
export { toTxtStrings } from "./dns/to-txt-strings.js";
export type { DomainReport } from "./report/domain-report.js";
export type { Finding } from "./report/finding.js";
export { type InspectDomainOptions, inspectDomain } from "./report/inspect-domain.js";
export type { PublishedRecord } from "./report/published-record.js";
export type { RecordReport, RecordState } from "./report/record-report.js";
export { type CheckHostOptions, checkHost } from "./spf/check-host.js";
export { type CountSpfLookupsOptions, countSpfLookups } from "./spf/count-spf-lookups.js";
export type { SpfReport } from "./spf/inspect-spf.js";
export { mergeSpf } from "./spf/merge-spf.js";
export { parseSpfRecord } from "./spf/parse-spf-record.js";
export type { SpfLookup, SpfLookups } from "./spf/spf-lookups.js";
export type { SpfMerge } from "./spf/spf-merge.js";
export type { SpfProblem, SpfRecord, SpfTerm } from "./spf/spf-record.js";
export type { SpfResult, SpfResultCode } from "./spf/spf-result.js";
