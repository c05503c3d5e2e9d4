import type { Finding } from "./finding.js";
import type { PublishedRecord } from "./published-record.js";

/**
 * `incomplete`: right, but the relay's part is not in it. `temporary`: the DNS gave no answer, so nothing is known. `not_checked`: the relay has to say first what belongs there.
 */
export type RecordState =
  | "ok"
  | "missing"
  | "incomplete"
  | "invalid"
  | "multiple"
  | "temporary"
  | "not_checked";

/** One name in the DNS: what is there, what that means, and what should be there. */
export interface RecordReport {
  readonly purpose: "spf" | "dkim" | "return-path" | "dmarc" | "mx" | "mta-sts" | "tls-rpt" | "bimi";
  /** `optional`: advice, never a fault. */
  readonly need: "required" | "recommended" | "optional";
  readonly name: string;
  readonly type: "TXT" | "CNAME" | "MX";
  readonly state: RecordState;
  /** As published; empty when there is nothing. */
  readonly found: readonly string[];
  readonly findings: readonly Finding[];
  /** What to publish in place of `found`; absent when it is right as it is, or when only the relay can tell. */
  readonly publish?: PublishedRecord | undefined;
}
