export type DmarcPolicy = "none" | "quarantine" | "reject";
export type DmarcAlignment = "relaxed" | "strict";

/** A DMARC record as it is in force (RFC 9989 section 4.7). */
export interface DmarcRecord {
  readonly policy: DmarcPolicy;
  /** For names below the one of the record. */
  readonly subdomainPolicy: DmarcPolicy;
  /** For names below it that do not exist. */
  readonly missingDomainPolicy: DmarcPolicy;
  readonly dkimAlignment: DmarcAlignment;
  readonly spfAlignment: DmarcAlignment;
  /** `psd`: whether the name is a public suffix (`y`), the top of an organisation (`n`), or does not say (`u`). */
  readonly publicSuffix: "y" | "n" | "u";
  /** `t=y`: the policy is not to be applied yet. */
  readonly isTesting: boolean;
  /** Where reports go: `mailto:` and other URIs. */
  readonly reportUris: readonly string[];
  /** What is unclear or out of date in it, as sentences. */
  readonly remarks: readonly string[];
}
