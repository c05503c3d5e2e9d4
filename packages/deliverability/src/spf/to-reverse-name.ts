import ipaddr from "ipaddr.js";
import type { Address } from "./parse-network.js";

/** The name whose PTR records belong to an address (RFC 1035 section 3.5, RFC 3596 section 2.5). */
export function toReverseName(address: Address): string {
  const bytes = address.toByteArray();
  if (address instanceof ipaddr.IPv4) return `${bytes.reverse().join(".")}.in-addr.arpa`;
  const digits = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${[...digits].reverse().join(".")}.ip6.arpa`;
}
