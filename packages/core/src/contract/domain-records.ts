/**
 * What the relay wants in the DNS of the sending domain. Hosts are below that domain; `<...>` in a host or value stands for
 * what the relay issues to each account, and `<domain>` for the sending domain.
 */
export interface DomainRecords {
  /** The vendor's page. */
  readonly source: string;
  /** ISO date on which the page was read. */
  readonly verifiedOn: string;
  readonly spf?:
    | { readonly include: string; readonly need: "required" | "conditional" | "legacy" }
    | undefined;
  readonly dkim: readonly {
    readonly type: "CNAME" | "TXT";
    readonly host: string;
    readonly value?: string | undefined;
  }[];
  /** Puts the relay's envelope sender below the sending domain, so that SPF aligns with From (RFC 7489 section 3.1.2). */
  readonly returnPath?:
    | { readonly type: "CNAME" | "MX"; readonly host: string; readonly value: string }
    | undefined;
}
