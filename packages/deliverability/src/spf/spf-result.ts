/** The results of RFC 7208 section 2.6. */
export type SpfResultCode = "none" | "neutral" | "pass" | "fail" | "softfail" | "temperror" | "permerror";

export interface SpfResult {
  readonly result: SpfResultCode;
  /** The explanation that the domain gives for a `fail` (`exp=`); absent when it gives none. */
  readonly explanation?: string | undefined;
  /** The mechanism that decided, as it stands in the record. */
  readonly mechanism?: string | undefined;
  /** What led to `none`, `temperror` or `permerror`, as a sentence. */
  readonly problem?: string | undefined;
  /** Terms that needed the DNS; 10 are allowed. */
  readonly lookups: number;
  /** Questions without an answer; 2 are allowed. */
  readonly voidLookups: number;
}
