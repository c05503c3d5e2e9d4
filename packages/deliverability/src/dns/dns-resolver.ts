/** The record types that checks of a sending domain ask for. */
export type DnsType = "A" | "AAAA" | "CNAME" | "MX" | "PTR" | "TXT";

/**
 * `found` has at least one record, in presentation form: an address (A, AAAA), a name (CNAME, PTR), preference and
 * name (`10 mx.example.com`; MX), or the strings of one record joined without a separator, one character a byte (TXT).
 * Names carry no trailing dot; a null MX is `0 .`.
 *
 * `nodata`: the name exists, a record of this type does not. `nxdomain`: the name does not exist. `temporary`: no
 * answer can be had for now (SERVFAIL, timeout); never to be read as "missing".
 */
export type DnsAnswer =
  | { readonly status: "found"; readonly records: readonly string[] }
  | { readonly status: "nodata" | "nxdomain" }
  | { readonly status: "temporary"; readonly reason: string };

/**
 * What has to be injected. It follows CNAMEs as a recursive resolver does, except when it is asked for CNAME itself,
 * and resolves for every outcome: a rejection counts as `temporary`.
 */
export interface DnsResolver {
  resolve(name: string, type: DnsType, signal?: AbortSignal): Promise<DnsAnswer>;
}
