import ipaddr from "ipaddr.js";
import type { MacroString } from "./macro-string.js";
import type { SpfTerm } from "./spf-record.js";

/** Equal for mechanisms that match the same clients, however they are written. The qualifier is not part of it. */
export function toTermKey(term: SpfTerm): string {
  switch (term.kind) {
    case "ip4":
    case "ip6":
      return `${term.kind}:${toNetwork(term.kind, `${term.network.address}/${term.network.prefix}`)}`;
    case "a":
    case "mx":
      return `${term.kind}:${toName(term.domain)}/${term.prefix4}//${term.prefix6}`;
    case "include":
    case "exists":
    case "ptr":
    case "redirect":
    case "exp":
      return `${term.kind}:${toName(term.domain)}`;
    case "all":
      return "all";
    case "unknown":
      return term.source;
  }
}

/** The network without the bits after its prefix. */
function toNetwork(kind: "ip4" | "ip6", network: string): string {
  const family = kind === "ip4" ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${family.networkAddressFromCIDR(network)}${network.slice(network.indexOf("/"))}`;
}

/** Macros are compared as they are: upper case means something else there. */
function toName(domain: MacroString | undefined): string {
  const parts = (domain ?? []).map((part) =>
    typeof part === "string" ? part.toLowerCase() : JSON.stringify(part),
  );
  return parts.join("").replace(/\.$/, "");
}
