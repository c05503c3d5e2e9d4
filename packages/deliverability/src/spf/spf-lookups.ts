/** A term that needs the DNS, with all that stands behind it. */
export interface SpfLookup {
  /** As it stands in the record. */
  readonly term: string;
  /** The name it asks for; absent when that depends on the sender. */
  readonly target?: string | undefined;
  /** This term and those behind it. */
  readonly lookups: number;
  /** Why it breaks the record, as a sentence. */
  readonly problem?: string | undefined;
  readonly behind: readonly SpfLookup[];
}

/** What a record costs at worst: all terms, not those of one client, because an evaluation ends at the first match. */
export interface SpfLookups {
  /** Of 10 that are allowed. */
  readonly total: number;
  /** Questions without an answer, of 2 that are allowed. An IPv6 client asks for AAAA, so the numbers differ. */
  readonly voidForIp4: number;
  readonly voidForIp6: number;
  /** Some names depend on the sender, so there may be more. */
  readonly isLowerBound: boolean;
  readonly tree: readonly SpfLookup[];
  /** What makes the record a PermError besides the limits. */
  readonly problems: readonly string[];
  /** The DNS did not answer something; the count is not to be relied on. */
  readonly temporary?: string | undefined;
}
