import type { Alignment } from "../dmarc/simulate-alignment.js";
import type { SpfReport } from "../spf/inspect-spf.js";
import type { Finding } from "./finding.js";
import type { PublishedRecord } from "./published-record.js";
import type { RecordReport } from "./record-report.js";

/** All there is to know about a sending domain before the first message. Plain data. */
export interface DomainReport {
  readonly domain: string;
  /** `ready`: nothing is at fault. `action`: something has to be published or changed. `unknown`: the DNS did not answer. */
  readonly verdict: "ready" | "action" | "unknown";
  readonly spf: SpfReport;
  /** SPF, DKIM, return path, DMARC, MX, then what is optional. */
  readonly records: readonly RecordReport[];
  /** About the domain as a whole. */
  readonly findings: readonly Finding[];
  /** Every record to publish, ready to copy. */
  readonly publish: readonly PublishedRecord[];
  /** DMARC as it is now, and as it will be with those records. */
  readonly alignment: { readonly now: Alignment; readonly planned: Alignment };
}
