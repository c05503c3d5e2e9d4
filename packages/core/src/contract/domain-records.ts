/** What the relay wants in the DNS of the sending domain. */
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
}
