/** RFC 7208 section 4.6.4. */
export const spfLimits = {
  /** Terms that need the DNS, in the whole tree of records. */
  lookups: 10,
  /** Questions answered by NXDOMAIN or by no record. */
  voidLookups: 2,
  /** Hosts behind one `mx`, and names behind one `ptr`. */
  names: 10,
} as const;
